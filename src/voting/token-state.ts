/**
 * How it stands with a voter's token. `used` says that a ballot is in the box; `revoked`, that the voter had
 * one and has none now; `struck`, that the voter was struck off the roll and none would help.
 */
export const tokenStates = ['issued', 'used', 'expired', 'revoked', 'none', 'struck'] as const
export type TokenState = (typeof tokenStates)[number]
