/** What the build puts in: the addresses of the scripts that run in workers. */
declare const workers: { readonly seal: string; readonly verify: string }

declare module '*.css'
