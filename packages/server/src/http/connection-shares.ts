// How many connections one network may hold. A server has so many; whoever opens them and says nothing must not keep out all others.
import type { Server } from 'node:net'
import { siteOf } from '../networks.ts'
import type { TrustedProxies } from './trusted-proxies.ts'
import { canonicalAddress } from './trusted-proxies.ts'

/** Ends what is opened beyond `most` connections of one network. Our own proxies hold those of everybody. */
export function shareConnections(
  server: Server,
  most: number,
  trustedProxies: TrustedProxies,
): void {
  const held = new Map<string, number>()

  server.on('connection', socket => {
    const address = canonicalAddress(socket.remoteAddress ?? '')
    if (address === undefined || trustedProxies.has(address)) return
    const network = siteOf(address)
    const count = (held.get(network) ?? 0) + 1
    held.set(network, count)
    socket.once('close', () => {
      const left = (held.get(network) ?? 1) - 1
      if (left === 0) held.delete(network)
      else held.set(network, left)
    })
    if (count > most) socket.destroy()
  })
}
