// A request whose last byte waits: what it may do is judged when it begins, and it is done when it ends.
import { connect } from 'node:net'
import type { WebBrowser } from './web-browser.ts'

export type HalfSent = {
  /** As it came, when the connection is closed. */
  readonly answer: Promise<string>
  /** Sends the rest; returns the answer. */
  readonly finish: () => Promise<string>
  readonly abandon: () => void
}

/** Sends all of a JSON body but its last byte. */
export function sendHalf(
  { origin, cookies }: WebBrowser,
  path: string,
  body: string,
  more: Readonly<Record<string, string>> = {},
): HalfSent {
  const { host, port } = new URL(origin)
  const headers = {
    host,
    origin,
    connection: 'close',
    'content-type': 'application/json',
    'content-length': String(body.length),
    cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; '),
    ...more,
  }
  const socket = connect(Number(port), '127.0.0.1')
  const answer = new Promise<string>(resolve => {
    let text = ''
    socket.on('data', chunk => (text += chunk.toString()))
    socket.on('error', () => undefined)
    socket.on('close', () => resolve(text))
  })
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`)
  socket.write(`POST ${path} HTTP/1.1\r\n${lines.join('')}\r\n${body.slice(0, -1)}`)
  return {
    answer,
    finish() {
      socket.write(body.slice(-1))
      return answer
    },
    abandon: () => void socket.destroy(),
  }
}
