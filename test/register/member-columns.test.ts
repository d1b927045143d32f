import { expect, test } from 'vitest'
import { readHeader } from '../../src/register/member-columns.ts'

const read = (header: string) => readHeader({ file: 'members.csv', line: 1 }, header.split(','))

test.each([
  ['Member No.,Full name,E-mail,Phone,Status,Region,Branch,Ward,Weight,Date joined'],
  [
    'Membership Number,NAME,Email address,mobile,Membership status,region,chapter,District,Votes,Member since',
  ],
  [
    'Nº de socio,Nombre completo,Correo electrónico,Teléfono móvil,Estado,Provincia,Sección,Distrito,Peso,Fecha de alta',
  ],
  [
    'Numéro d’adhérent,Nom et prénom,Courriel,Téléphone,Statut,Région,Section,Circonscription,Voix,Membre depuis',
  ],
  [
    'Mitgliedsnr.,Vor- und Nachname,E-Mail-Adresse,Telefon,Mitgliedsstatus,Bundesland,Ortsverein,Wahlkreis,Stimmen,Eintrittsdatum',
  ],
])('the columns of "%s" are known', (header) => {
  const columns = read(header)
  expect(columns.name).toEqual([1])
  expect(columns.fields).toEqual({
    ...{ number: 0, email: 2, phone: 3, status: 4, region: 5, chapter: 6, district: 7, weight: 8, joined: 9 },
  })
  expect(columns.custom).toEqual([])
})

test.each([
  { header: 'no,First name,Last name', name: [1, 2] },
  { header: 'no,Surname,Name', name: [2, 1] },
  { header: 'Nr,Name,Vorname', name: [2, 1] },
  { header: 'n° adhérent,Nom,Prénom', name: [2, 1] },
  { header: 'nº socio,Nombre,Primer apellido,Segundo apellido', name: [1, 2, 3] },
  { header: 'no,Last name,Middle name,First name', name: [3, 2, 1] },
  { header: 'no,Name,First name,Last name', name: [2, 3] },
])('the name of "$header" is put together in order', ({ header, name }) => {
  expect(read(header).name).toEqual(name)
})

test.each([
  ...['DNI', 'National ID', 'SSN/TIN', 'D.N.I. / NIE', 'Numéro de sécurité sociale', 'Personalausweisnummer'],
  ...['Passport no.', 'NIF del socio', 'Documento', 'Cédula de identidad', 'ID number', 'Tax ID'],
])('a column "%s" is taken for national ids and never kept in clear', (header) => {
  const columns = read(`number,name,${header}`)
  expect(columns.nationalId).toBe(2)
  expect(columns.custom).toEqual([])
})

test('other columns are kept under their own names, those without one left out', () => {
  const columns = read('id,name,Shoe  size,,Tuning,urna_line,urna_column,urna_reason')
  expect(columns.custom).toEqual([
    { key: 'Shoe size', cell: 2 },
    { key: 'Tuning', cell: 4 },
  ])
  expect(columns.ignored).toEqual([3, 5, 6, 7])
})

test('of two columns for one thing the better name wins and the other is kept', () => {
  const columns = read('ID,Member number,Phone,Mobile,name')
  expect(columns.fields).toEqual({ number: 1, phone: 3 })
  expect(columns.custom.map(({ key }) => key)).toEqual(['ID', 'Phone'])
})

test.each([
  { header: 'name,phone', sentence: 'there is no column for the member number' },
  { header: 'number,email', sentence: 'there is no column for the name' },
  { header: 'number,name,Hat,Hat', sentence: 'two columns are called "Hat"' },
  {
    header: 'number,name,DNI,Passport',
    sentence: 'the columns "DNI" and "Passport" all seem to hold national ids',
  },
])('a header "$header" is refused with a sentence', ({ header, sentence }) => {
  expect(() => read(header)).toThrow(`members.csv, line 1: ${sentence}`)
})
