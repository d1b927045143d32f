import type { BallotFormat } from '../ballot-format.ts'
import { ElementsReader } from '../elements-reader.ts'
import { Irregularities } from '../irregularities.ts'
import { JsonElements } from '../json-elements.ts'
import { XmlElements } from '../xml-elements.ts'
import { NistReport, nistLists } from './nist-report.ts'
import type { RecordFields } from './record-fields.ts'

/** Cast vote records by NIST SP 1500-103, version 1.0, in JSON. */
export const nistJson: BallotFormat = {
  id: 'nist-json',
  title: 'NIST SP 1500-103 cast vote records, JSON',
  extensions: ['json'],
  holdsContests: true,
  fits: (head) => /^\uFEFF?\s*\{/.test(head) && /"(@type|CVR)"\s*:\s*("CVR\.|\[)/.test(head),
  reader: (options) => {
    const irregularities = new Irregularities('nist-json', options.irregularities)
    const report = new NistReport(options, irregularities)
    const elements = new JsonElements(
      nistLists,
      (list, element, place) => report.take(list, element as RecordFields, place),
      irregularities,
    )
    return new ElementsReader(elements, () => report.finish(), irregularities)
  },
}

/** Cast vote records by NIST SP 1500-103, version 1.0, in XML. */
export const nistXml: BallotFormat = {
  id: 'nist-xml',
  title: 'NIST SP 1500-103 cast vote records, XML',
  extensions: ['xml'],
  holdsContests: true,
  fits: (head) => /<([\w.-]+:)?CastVoteRecordReport[\s>]/.test(head),
  reader: (options) => {
    const irregularities = new Irregularities('nist-xml', options.irregularities)
    const report = new NistReport(options, irregularities)
    const elements = new XmlElements(
      (name, depth) => depth === 1 && nistLists.includes(name),
      (name, element, place) => report.take(name, element, place),
      irregularities,
    )
    return new ElementsReader(elements, () => report.finish(), irregularities)
  },
}
