// A load of prepared requests over keep-alive connections: raw sockets, so that the client costs as little as it can on a
// machine that it shares with the server.
import { connect } from 'node:net'
import type { Socket } from 'node:net'

export type Load = {
  readonly port: number
  readonly connections: number
  /** Each sent once, in turn, until they are used up or the time is. */
  readonly requests: readonly Buffer[]
  /** Whether to begin again when all are sent. */
  readonly repeat: boolean
  readonly seconds: number
}

export type LoadResult = {
  readonly perSecond: number
  readonly answered: number
  readonly refused: number
}

const END_OF_HEAD = Buffer.from('\r\n\r\n')

/** Sends the load and counts what comes back; `refused` counts answers that are not 200. */
export async function send({
  port,
  connections,
  requests,
  repeat,
  seconds,
}: Load): Promise<LoadResult> {
  let next = 0
  let answered = 0
  let refused = 0
  const begin = process.hrtime.bigint()
  const deadline = begin + BigInt(Math.round(seconds * 1e9))

  const takeRequest = (): Buffer | undefined => {
    if (process.hrtime.bigint() > deadline) return undefined
    if (next >= requests.length && repeat) next = 0
    return requests[next++]
  }

  const work = (socket: Socket) =>
    new Promise<void>((resolve, reject) => {
      let received = Buffer.alloc(0)
      const sendNext = () => {
        const request = takeRequest()
        if (request === undefined) {
          socket.destroy()
          resolve()
        } else socket.write(request)
      }
      socket.on('error', reject)
      socket.on('data', chunk => {
        received = received.length === 0 ? chunk : Buffer.concat([received, chunk])
        const head = received.indexOf(END_OF_HEAD)
        if (head < 0) return
        const text = received.toString('latin1', 0, head)
        const length = Number(/content-length: (\d+)/i.exec(text)?.[1] ?? 0)
        if (received.length < head + END_OF_HEAD.length + length) return
        received = Buffer.alloc(0)
        answered++
        if (!text.startsWith('HTTP/1.1 200')) refused++
        sendNext()
      })
      sendNext()
    })

  const sockets = await Promise.all(
    Array.from(
      { length: connections },
      () =>
        new Promise<Socket>((resolve, reject) => {
          const socket = connect(port, '127.0.0.1')
          socket.setNoDelay(true)
          socket.once('connect', () => resolve(socket)).once('error', reject)
        }),
    ),
  )
  await Promise.all(sockets.map(work))
  const elapsed = Number(process.hrtime.bigint() - begin) / 1e9
  return { perSecond: answered / elapsed, answered, refused }
}
