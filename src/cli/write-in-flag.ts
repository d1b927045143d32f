/** How officers say whose a name is that voters wrote in. */
export const writeInFlag = {
  description:
    'Whose a name is that was written otherwise, also one on the ballot; nothing after = sets it aside.',
  multiple: true,
  helpValue: 'NAME=NAME',
} as const
