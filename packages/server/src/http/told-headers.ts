// What a client tells of itself in headers that policies can ask about. Browsers and SDKs send a tenth of what is let in: whoever sends more
// makes others compute, or fills records.
import type { IncomingHttpHeaders } from 'node:http'

const LONGEST = 2048

export const tellsTooMuch = ({ 'user-agent': userAgent = '', referer = '' }: IncomingHttpHeaders) =>
  userAgent.length > LONGEST || referer.length > LONGEST
