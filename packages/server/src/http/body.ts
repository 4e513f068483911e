// Request bodies, of bounded size each and all together: whoever has no credentials yet cannot fill the memory.
import type { IncomingMessage } from 'node:http'

/** What became of a body. `busy`: too many bytes of other requests are under way. */
export type Body = Buffer | 'too large' | 'busy' | 'aborted'

/** @param sender whose share of what is in flight it is; without one nobody's */
export type BodyReader = (
  message: IncomingMessage,
  mostBytes: number,
  sender?: string,
) => Promise<Body>

/** A reader that holds at most `mostInFlight` bytes of unfinished bodies, and of one sender at most `mostOfOne`. */
export function bodyReader(mostInFlight: number, mostOfOne = mostInFlight): BodyReader {
  let inFlight = 0
  const ofSender = new Map<string, number>()

  function count(sender: string | undefined, bytes: number): number {
    inFlight += bytes
    if (sender === undefined) return 0
    const held = (ofSender.get(sender) ?? 0) + bytes
    if (held === 0) ofSender.delete(sender)
    else ofSender.set(sender, held)
    return held
  }

  return (message, mostBytes, sender) =>
    new Promise(resolve => {
      const chunks: Buffer[] = []
      let size = 0
      let settled = false
      const settle = (body: Body) => {
        if (settled) return
        settled = true
        count(sender, -size)
        resolve(body)
      }
      message.on('data', (chunk: Buffer) => {
        if (settled) return
        size += chunk.length
        const held = count(sender, chunk.length)
        if (size > mostBytes) settle('too large')
        else if (inFlight > mostInFlight || held > mostOfOne) settle('busy')
        else chunks.push(chunk)
      })
      message.on('end', () =>
        settle(chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks)),
      )
      message.on('close', () => settle('aborted'))
    })
}
