// `twinlock authenticator remove`: the seed is gone for good; the service still expects its codes.
import { VAULT_OPTIONS, openVault, withoutEntry } from '../../authenticator/vault.ts'
import { UsageError } from '../../command-errors.ts'
import { command } from '../../command.ts'
import { tell } from '../../io.ts'

export const remove = command({
  takes: ['NAME'],
  description: `Forgets the device NAME and its seed. Nothing brings it back. The service is not told: deactivate
the device there first (\`twinlock mfa remove\`), or you lock yourself out.`,
  options: VAULT_OPTIONS,
  run: async (place, [name], io) => {
    if (name === undefined) throw new UsageError('which device? Give its NAME.')
    await openVault(place, io).update(entries => withoutEntry(name, entries))
    tell(io, `Removed \`${name}\`.`)
  },
})
