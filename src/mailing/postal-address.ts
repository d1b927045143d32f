import { columnKey } from '../register/column-names.ts'
import { voterValues } from './merge-fields.ts'
import { parseTemplate } from './merge-template.ts'
import type { Recipient } from './recipients.ts'
import { PostalAddressNeeded } from './refusals.ts'

export interface AddressBlock {
  /** The name and what stands below it; undefined where the register has no address of the voter. */
  linesFor(recipient: Recipient): string[] | undefined
}

/** What fields of members are called that hold a part of an address; of each kind the first that there is. */
const parts = {
  extra: ['careof', 'co', 'addressline2', 'address2', 'complemento', 'complement', 'adresszusatz'],
  street: [
    'street',
    'address',
    'addressline1',
    'address1',
    'calle',
    'direccion',
    'domicilio',
    'rue',
    'adresse',
    'strasse',
    'straße',
  ],
  postcode: [
    'postcode',
    'postalcode',
    'zip',
    'zipcode',
    'codigopostal',
    'cp',
    'codepostal',
    'plz',
    'postleitzahl',
  ],
  city: ['city', 'town', 'ciudad', 'localidad', 'poblacion', 'ville', 'ort', 'stadt'],
  country: ['country', 'pais', 'pays', 'land'],
} as const

/**
 * @param given lines below the name, divided by `|`; an empty text for none; undefined to go by the names of the fields
 * @param custom names of the members' own fields
 * @throws PostalAddressNeeded, TemplateInvalid
 */
export function addressBlock(given: string | undefined, custom: readonly string[]): AddressBlock {
  const written = given ?? guessed(custom)
  const known = ['name', 'number', 'region', 'chapter', 'district', ...custom]
  const name = parseTemplate('{name}', { name: '--address', known })
  const lines = written.split('|').map((line) => parseTemplate(line, { name: '--address', known }))
  return {
    linesFor: (recipient) => {
      const values = voterValues(recipient)
      const filled = lines.map((line) => line.fill(values).trim()).filter((line) => line !== '')
      if (written.trim() !== '' && filled.length === 0) return undefined
      return [name.fill(values), ...filled]
    },
  }
}

function guessed(custom: readonly string[]): string {
  const field = (part: keyof typeof parts) => {
    const found = parts[part].map((name) => custom.find((each) => columnKey(each) === columnKey(name)))
    return found.find((each) => each !== undefined)
  }
  const place = (part: keyof typeof parts) => {
    const name = field(part)
    return name === undefined ? '' : `{${name}}`
  }
  if (field('street') === undefined) throw new PostalAddressNeeded(custom)
  return [place('extra'), place('street'), `${place('postcode')} ${place('city')}`, place('country')].join(
    '|',
  )
}
