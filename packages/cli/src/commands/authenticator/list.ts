// `twinlock authenticator list`: the names of the devices, never their secrets.
import { VAULT_OPTIONS, openVault } from '../../authenticator/vault.ts'
import { command } from '../../command.ts'
import { print, tell } from '../../io.ts'
import { tableOf } from '../../terminal/table.ts'

export const list = command({
  takes: [],
  description:
    'Names the devices that the authenticator holds, with the issuer and the account they are for.',
  options: {
    json: { type: 'boolean', help: 'as JSON' },
    ...VAULT_OPTIONS,
  },
  run: async ({ json, ...place }, _, io) => {
    const entries = await openVault(place, io).read()
    if (json === true) {
      const rows = entries.map(({ name, issuer, account, algorithm, digits, periodSeconds }) => ({
        name,
        issuer,
        account,
        algorithm,
        digits,
        periodSeconds,
      }))
      return print(io, JSON.stringify(rows, undefined, 2))
    }
    if (entries.length === 0) {
      return tell(
        io,
        'The authenticator holds no device: add one with `twinlock authenticator add`.',
      )
    }
    const rows = entries.map(({ name, issuer = '', account = '' }) => [name, issuer, account])
    return print(io, tableOf(['NAME', 'ISSUER', 'ACCOUNT'], rows))
  },
})
