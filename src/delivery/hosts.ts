/**
 * Whether a host is this very machine: what is sent there crosses no network.
 * @param hostname an IPv6 address in brackets, as `URL` gives it, or without
 */
export function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || /^(::1|\[::1\])$/.test(hostname) || /^127(\.\d{1,3}){3}$/.test(hostname)
}
