import { CommandHelp, Help } from '@oclif/core'

/** What somebody looks for in a hurry is how others typed it. */
class ExamplesFirst extends CommandHelp {
  protected override sections(): ReturnType<CommandHelp['sections']> {
    const sections = super.sections()
    const isExample = ({ header }: { header: string }) => header === 'EXAMPLES'
    return [...sections.filter(isExample), ...sections.filter((section) => !isExample(section))]
  }
}

/** oclif's help, with the examples before the flags. */
export default class UrnaHelp extends Help {
  protected override CommandHelpClass = ExamplesFirst
}
