// A server between a browser and Twinlock: one that ends TLS for it, or one that pretends to be it.
import { once } from 'node:events'
import { createServer as createHttpServer, request as send } from 'node:http'
import type { IncomingHttpHeaders, RequestListener, Server } from 'node:http'
import { createServer as createHttpsServer } from 'node:https'
import type { AddressInfo } from 'node:net'

/** In PEM. */
export type Certificate = { readonly cert: string; readonly key: string }

export type Proxy = {
  readonly port: number
  /** From now on requests go there, with these headers instead of the browser's. */
  readonly lead: (endpoint: string, change?: ChangeHeaders) => void
  readonly [Symbol.asyncDispose]: () => Promise<void>
}

type ChangeHeaders = (headers: IncomingHttpHeaders) => IncomingHttpHeaders

/** @param tls what it speaks TLS with; without, it speaks plain HTTP */
export async function startProxy(tls?: Certificate): Promise<Proxy> {
  let target: URL | undefined
  let changed: ChangeHeaders = headers => headers
  const pass: RequestListener = (message, response) => {
    const { method, url: path, headers } = message
    const { hostname, port } = target ?? {}
    message.pipe(
      send({ hostname, port, method, path, headers: changed(headers) }, answer => {
        response.writeHead(answer.statusCode ?? 502, answer.headers)
        answer.pipe(response)
      }),
    )
  }
  const server: Server = tls === undefined ? createHttpServer(pass) : createHttpsServer(tls, pass)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    port: (server.address() as AddressInfo).port,
    lead(endpoint, change = headers => headers) {
      target = new URL(endpoint)
      changed = change
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
