// Request bodies, of bounded size each and all together: whoever has no credentials yet cannot fill the memory.
import type { IncomingMessage } from 'node:http'

/** What became of a body. `busy`: too many bytes of other requests are under way. */
export type Body = Buffer | 'too large' | 'busy' | 'aborted'

export type BodyReader = (message: IncomingMessage, mostBytes: number) => Promise<Body>

/** A reader that holds at most `mostInFlight` bytes of unfinished bodies. */
export function bodyReader(mostInFlight: number): BodyReader {
  let inFlight = 0

  return (message, mostBytes) =>
    new Promise(resolve => {
      const chunks: Buffer[] = []
      let size = 0
      let settled = false
      const settle = (body: Body) => {
        if (settled) return
        settled = true
        inFlight -= size
        resolve(body)
      }
      message.on('data', (chunk: Buffer) => {
        if (settled) return
        size += chunk.length
        inFlight += chunk.length
        if (size > mostBytes) settle('too large')
        else if (inFlight > mostInFlight) settle('busy')
        else chunks.push(chunk)
      })
      message.on('end', () =>
        settle(chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks)),
      )
      message.on('close', () => settle('aborted'))
    })
}
