// Where a request came from, behind proxies: `X-Forwarded-For`, or `Forwarded` (RFC 7239). Read from the right: each proxy appends
// whom it served, so only what lies left of the first stranger can have been made up. aws:SourceIp, aws:SecureTransport and the
// audit's sourceIPAddress rest on it.
import type { WireHeaders } from '@twinlock/protocol'
import { headerOf } from '@twinlock/protocol'
import type { Connection } from './progress.ts'
import type { ForwardedHeader, TrustedProxies } from './trusted-proxies.ts'
import { canonicalAddress } from './trusted-proxies.ts'

/**
 * The connection of the client behind `peer`: the first address from the right that is no trusted proxy's. Where a proxy says nothing
 * that can be understood, it is taken for the client itself.
 * @param peer the canonical address of the socket's other end
 */
export function connectionOf(
  peer: string,
  headers: WireHeaders,
  proxies: TrustedProxies,
): Connection {
  let client: Connection = { sourceIp: peer, secureTransport: false }
  if (!proxies.has(peer)) return client
  for (const hop of READERS[proxies.header](headers)) {
    if (hop === undefined) break
    client = hop
    if (!proxies.has(hop.sourceIp)) break
  }
  return client
}

/** What each proxy says of whom it served, the nearest proxy first; undefined for what is not understood. */
type Hops = Generator<Connection | undefined>

const READERS: Readonly<Record<ForwardedHeader, (headers: WireHeaders) => Hops>> = {
  'x-forwarded-for': xForwardedFor,
  forwarded,
}

/** Addresses apart with commas. That of the scheme stands by itself, and counts only where nobody on the way says otherwise. */
function* xForwardedFor(headers: WireHeaders): Hops {
  const schemes = headerOf(headers, 'x-forwarded-proto')?.split(',') ?? ['']
  const secureTransport = schemes.every(scheme => scheme.trim().toLowerCase() === 'https')
  const text = headerOf(headers, 'x-forwarded-for') ?? ''
  for (let end = text.length; end > 0;) {
    const comma = text.lastIndexOf(',', end - 1)
    const sourceIp = addressIn(text.slice(comma + 1, end).trim())
    yield sourceIp === undefined ? undefined : { sourceIp, secureTransport }
    end = comma
  }
}

function* forwarded(headers: WireHeaders): Hops {
  const text = headerOf(headers, 'forwarded') ?? ''
  for (let end = text.length; end > 0;) {
    const comma = elementStart(text, end)
    yield hopIn(text.slice(comma + 1, end))
    end = comma
  }
}

/**
 * Where the element that ends at `end` begins: the comma before it, outside of quotes. They are paired from the right too, so that a
 * client's open quote swallows nothing of what a proxy appended.
 */
function elementStart(text: string, end: number): number {
  let quoted = false
  for (let at = end - 1; at >= 0; at--) {
    if (text[at] === '"') quoted = !quoted
    else if (text[at] === ',' && !quoted) return at
  }
  return -1
}

/** `name=value` or `name="value"`, up to a semicolon. A backslash is not understood: no address needs one. */
const PAIR = /\s*([\w!#$%&'*+.^`|~-]+)=(?:"([^"\\]*)"|([^\s",;\\]+))\s*(?:;|$)/y

function hopIn(element: string): Connection | undefined {
  const pairs = new Map<string, string>()
  PAIR.lastIndex = 0
  while (PAIR.lastIndex < element.length) {
    const [, name, quoted, token = ''] = PAIR.exec(element) ?? []
    if (name === undefined || pairs.has(name.toLowerCase())) return undefined
    pairs.set(name.toLowerCase(), quoted ?? token)
  }
  const sourceIp = addressIn(pairs.get('for') ?? '')
  return sourceIp === undefined
    ? undefined
    : { sourceIp, secureTransport: pairs.get('proto')?.toLowerCase() === 'https' }
}

/** `address`, `address:port`, `[address]` or `[address]:port`; a port may be a proxy's pseudonym (RFC 7239 §6.2). */
const NODE = /^(?:\[([\da-fA-F:.]{2,45})\]|([\d.]{7,15}))(?::(?:\d{1,5}|_[\w.-]{1,64}))?$/

/** The address of a node; undefined for one that hides it (`unknown`, `_secret`) and for what is none. */
function addressIn(node: string): string | undefined {
  const [, bracketed, dotted] = NODE.exec(node) ?? []
  return canonicalAddress(bracketed ?? dotted ?? node)
}
