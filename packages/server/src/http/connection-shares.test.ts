import assert from 'node:assert/strict'
import { once } from 'node:events'
import type { AddressInfo, Socket } from 'node:net'
import { connect, createServer } from 'node:net'
import { test } from 'node:test'
import { shareConnections } from './connection-shares.ts'
import type { TrustedProxies } from './trusted-proxies.ts'
import { NO_PROXIES } from './trusted-proxies.ts'

async function serverFor(trustedProxies: TrustedProxies) {
  const server = createServer().listen(0, '127.0.0.1')
  shareConnections(server, 2, trustedProxies)
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const sockets: Socket[] = []
  return {
    /** Whether a connection from this address stays, as the server sees it. */
    async staysFrom(localAddress: string): Promise<boolean> {
      const accepted = once(server, 'connection')
      const socket = connect({ port, host: '127.0.0.1', localAddress }).on('error', () => undefined)
      sockets.push(socket)
      const [seen] = (await accepted) as [Socket]
      return !seen.destroyed
    },
    async endFirst() {
      const closed = new Promise<void>(resolve => {
        server.getConnections((_, before) => {
          const look = () =>
            server.getConnections((__, now) => (now < before ? resolve() : setImmediate(look)))
          look()
        })
      })
      sockets.shift()?.destroy()
      await closed
    },
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy()
      await new Promise(resolve => server.close(resolve))
    },
  }
}

test('a network has its share of connections, and another one’s is untouched', async () => {
  await using server = await serverFor(NO_PROXIES)
  assert.equal(await server.staysFrom('127.0.0.1'), true)
  assert.equal(await server.staysFrom('127.0.0.1'), true)
  assert.equal(await server.staysFrom('127.0.0.1'), false)
  assert.equal(await server.staysFrom('127.0.0.2'), true)
})

test('what ended counts no more', async () => {
  await using server = await serverFor(NO_PROXIES)
  await server.staysFrom('127.0.0.1')
  await server.staysFrom('127.0.0.1')
  await server.endFirst()
  assert.equal(await server.staysFrom('127.0.0.1'), true)
})

test('a proxy of our own holds the connections of everybody', async () => {
  await using server = await serverFor({ ...NO_PROXIES, has: address => address === '127.0.0.1' })
  for (let count = 0; count < 4; count++) assert.equal(await server.staysFrom('127.0.0.1'), true)
})
