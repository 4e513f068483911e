// IpAddress: an address inside one of the policy's blocks. What is no address is neither inside nor
// outside.
import { cidrContains, parseCidr, parseIpAddress } from '../ip-address.ts'
import { rememberLast } from '../remember-last.ts'
import type { Operator } from './comparison.ts'

const addressOf = rememberLast(parseIpAddress)

export const ipAddress: Operator = {
  compile(values) {
    const blocks = values.map(parseCidr).filter(block => block !== undefined)
    return value => {
      const address = addressOf(value)
      if (address === undefined) return 'incomparable'
      for (const block of blocks) if (cidrContains(block, address)) return 'match'
      return 'noMatch'
    }
  },
  isStorable: value => parseCidr(value) !== undefined,
}
