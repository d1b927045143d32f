/** The little of WebAssembly that is used here; browsers' types bring it, Node's do not. */
declare namespace WebAssembly {
  interface Memory {
    readonly buffer: ArrayBuffer
    grow(pages: number): number
  }
  interface Global {
    readonly value: number
  }
  function instantiate(
    code: Uint8Array,
    imports: Record<string, never>,
  ): Promise<{ readonly instance: { readonly exports: unknown } }>
}
