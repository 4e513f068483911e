// A request as it came over the wire, before anything is believed about it.

/** Node's `req.headers` fits: names in lower case, repeated ones joined or in an array. */
export type WireHeaders = Readonly<Record<string, string | readonly string[] | undefined>>

/** What a signature covers. */
export type WireRequest = {
  readonly method: string
  /** Raw, as sent, up to the `?`. */
  readonly path: string
  /** Raw, without the `?`; empty if there is none. */
  readonly query: string
  readonly headers: WireHeaders
  readonly body: Buffer
}

/** A header's value, repeated ones joined by a comma; `name` in lower case. */
export function headerOf(headers: WireHeaders, name: string): string | undefined {
  // A name may come from the client: `constructor` must not find the prototype's.
  const value = Object.hasOwn(headers, name) ? headers[name] : undefined
  return value === undefined || typeof value === 'string' ? value : value.join(',')
}
