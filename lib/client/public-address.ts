import ipaddr from 'ipaddr.js'

/** Whether an IP address is one of the Internet's. */
export function isPublicAddress(address: string): boolean {
  return ipaddr.isValid(address) && ipaddr.process(address).range() === 'unicast'
}
