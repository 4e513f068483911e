// The place in the authenticator's vault where the seed of a new device goes.
import { parseOtpauthUri } from '@twinlock/factors'
import { type Entry, entryFromUri } from '../../authenticator/entry.ts'
import { type Vault, withEntry, withoutEntry } from '../../authenticator/vault.ts'
import { Refusal } from '../../command-errors.ts'
import type { VirtualDevice } from './virtual-device.ts'

export type Keeper = {
  readonly name: string
  readonly keep: (device: VirtualDevice) => Promise<Entry>
  readonly forget: () => Promise<void>
}

/** @throws Refusal when the vault has the name already, before there is a device to lose */
export async function openKeeper(vault: Vault, name: string): Promise<Keeper> {
  const entryOf = ({ uri }: VirtualDevice) => entryFromUri(parseOtpauthUri(uri), name)
  let kept = false
  const entries = await vault.read()
  if (entries.some(entry => entry.name === name)) {
    throw new Refusal(`the authenticator already holds a device \`${name}\`: give another NAME.`)
  }
  return {
    name,
    keep: async device => {
      const entry = entryOf(device)
      await vault.update(entries => withEntry(entry, entries))
      kept = true
      return entry
    },
    forget: async () => {
      if (kept) await vault.update(entries => withoutEntry(name, entries))
    },
  }
}
