/** What a column of a member CSV can hold, beside custom fields. */
export type MemberColumn =
  | 'number'
  | 'email'
  | 'phone'
  | 'status'
  | 'region'
  | 'chapter'
  | 'district'
  | 'weight'
  | 'joined'

/** The parts of a name, in the order in which they are put together. */
export type NamePart = 'first' | 'middle' | 'last' | 'second last'

/**
 * Names that columns go by in English, Spanish, French and German, as `columnKey` writes them. Where a file
 * has several columns for one thing, the name that stands first here wins.
 */
export const columnNames: Readonly<Record<MemberColumn, readonly string[]>> = {
  number: [
    ...['number', 'membernumber', 'memberno', 'membernr', 'membershipnumber', 'membershipno', 'memberid'],
    ...['membershipid', 'voternumber', 'voterid'],
    ...[
      'numerodesocio',
      'numerosocio',
      'numsocio',
      'nosocio',
      'nsocio',
      'numerodeafiliado',
      'numeroafiliado',
    ],
    ...['numafiliado', 'nodesocio', 'nodeafiliado', 'noafiliado', 'nafiliado'],
    ...['numerodadherent', 'numeroadherent', 'noadherent', 'nadherent', 'numerodemembre', 'numeromembre'],
    ...['matricule', 'mitgliedsnummer', 'mitgliedsnr', 'mitgliednummer', 'mitgliednr', 'mitgliedernummer'],
    ...['personalnummer', 'numero', 'nummer', 'socio', 'afiliado', 'matricula', 'no', 'nr', 'num', 'id'],
  ],
  email: [
    ...['email', 'emailaddress', 'mail', 'mailaddress', 'correoelectronico', 'correo', 'courriel'],
    ...['adresseemail', 'adressemail', 'adresseelectronique', 'emailadresse', 'mailadresse'],
  ],
  phone: [
    ...['mobile', 'mobilephone', 'mobilenumber', 'cellphone', 'cell', 'telefonomovil', 'movil', 'celular'],
    ...['telephoneportable', 'portable', 'mobiltelefon', 'mobil', 'handynummer', 'handy'],
    ...[
      'phone',
      'phonenumber',
      'telephone',
      'telephonenumber',
      'telefono',
      'telefon',
      'telefonnummer',
      'tel',
    ],
  ],
  status: [
    ...['status', 'memberstatus', 'membershipstatus', 'estado', 'situacion', 'statut', 'mitgliedsstatus'],
    ...['mitgliedstatus'],
  ],
  region: ['region', 'provincia', 'province', 'comunidadautonoma', 'bundesland', 'landesverband'],
  chapter: [
    ...['chapter', 'branch', 'section', 'local', 'capitulo', 'seccion', 'delegacion', 'agrupacion', 'sede'],
    ...['sectionlocale', 'ortsverein', 'ortsgruppe', 'ortsverband', 'sektion', 'zweigstelle'],
  ],
  district: [
    ...['district', 'electoraldistrict', 'constituency', 'ward', 'distrito', 'circunscripcion'],
    ...['circonscription', 'wahlkreis', 'wahlbezirk', 'bezirk', 'kreis'],
  ],
  weight: [
    ...['weight', 'voteweight', 'votingweight', 'votes', 'shares', 'peso', 'votos', 'coeficiente', 'poids'],
    ...['nombredevoix', 'voix', 'stimmgewicht', 'gewicht', 'stimmenzahl', 'stimmen'],
  ],
  joined: [
    ...['joined', 'datejoined', 'joineddate', 'joindate', 'membersince', 'fechadealta', 'fechaalta'],
    ...['fechadeingreso', 'fechaingreso', 'dateadhesion', 'datedadhesion', 'membredepuis'],
    ...['eintrittsdatum', 'eintritt', 'beitrittsdatum', 'beitritt', 'mitgliedseit'],
  ],
}

/** Headers of a whole name. */
export const fullNames: readonly string[] = [
  ...['fullname', 'membername', 'votername', 'nombrecompleto', 'nombreyapellidos', 'apellidosynombre'],
  ...['nomcomplet', 'nometprenom', 'nomprenom', 'prenometnom', 'prenomnom', 'vollstandigername'],
  ...['vollername', 'vorundnachname', 'vornameundname', 'nameundvorname', 'vornamename'],
]

/** Headers that mean the whole name, or the part that no other column of the file holds. */
export const anyNames: readonly string[] = ['name', 'nombre', 'nom']

export const namePartNames: Readonly<Record<NamePart, readonly string[]>> = {
  first: [
    ...['firstname', 'firstnames', 'givenname', 'givennames', 'forename', 'forenames', 'nombredepila'],
    ...['prenom', 'prenoms', 'vorname', 'vornamen'],
  ],
  middle: ['middlename', 'middlenames'],
  last: [
    ...['lastname', 'surname', 'familyname', 'apellidos', 'apellido', 'primerapellido', 'apellido1'],
    ...['nomdefamille', 'nachname', 'familienname'],
  ],
  'second last': ['secondlastname', 'segundoapellido', 'apellido2'],
}

/** `E-Mail Address` → `emailaddress`: letters and digits alone, without accents. */
export function columnKey(header: string): string {
  return header
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '')
}

const nationalIdWords =
  /(?:^|[^\p{L}])(?:dni|nie|nif|ssn|nino|cpf|curp|rut|rfc|nir|cni|bsn|pesel|ahv|avs|tin)(?:$|[^\p{L}])/u
const nationalIdKeys = new RegExp(
  [
    ...['nationalid', 'nationalinsurance', 'identitycard', 'identitynumber', 'identitydocument', 'idcard'],
    ...['idnumber', 'personalid', 'passport', 'socialsecurity', 'taxid', 'taxnumber', 'taxpayer'],
    ...['documentodeidentidad', 'documentoidentidad', 'documentonacional', 'numerodedocumento', 'cedula'],
    ...['pasaporte', 'seguridadsocial', 'identitenationale', 'carteidentite', 'cartedidentite', 'passeport'],
    ...['securitesociale', 'personalausweis', 'ausweisnummer', 'reisepass', 'steuerid', 'steuernummer'],
    ...['sozialversicherung', 'codicefiscale', 'personnummer'],
  ].join('|'),
)

/**
 * Whether a column seems to hold national ids. It errs on the side of hashing: a custom field kept in clear
 * can't be taken back.
 */
export function holdsNationalIds(header: string): boolean {
  const plain = header.normalize('NFKD').toLowerCase().replace(/\p{M}/gu, '')
  return (
    nationalIdWords.test(plain) || nationalIdKeys.test(columnKey(header)) || columnKey(header) === 'documento'
  )
}
