// The table of commands. Each is loaded when it is called: `twinlock start` doesn't wait for the AWS SDK.
import type { CommandTable } from './command.ts'

export const COMMANDS: CommandTable = {
  start: {
    summary: 'start the identity service',
    load: async () => (await import('./commands/start.ts')).start,
  },
  backup: {
    summary: 'copy the database of the service, while it runs',
    load: async () => (await import('./commands/backup.ts')).backup,
  },
  authenticator: {
    summary: 'be a virtual MFA device in the terminal',
    commands: {
      add: {
        summary: 'take in a device from an otpauth URI, a seed or a QR code',
        load: async () => (await import('./commands/authenticator/add.ts')).add,
      },
      list: {
        summary: 'name the devices that are held',
        load: async () => (await import('./commands/authenticator/list.ts')).list,
      },
      code: {
        summary: 'show the code of a device',
        load: async () => (await import('./commands/authenticator/code.ts')).code,
      },
      remove: {
        summary: 'forget a device',
        load: async () => (await import('./commands/authenticator/remove.ts')).remove,
      },
    },
  },
  mfa: {
    summary: 'manage MFA devices at any endpoint of IAM, AWS included',
    commands: {
      enroll: {
        summary: 'make a virtual MFA device and enable it for a user',
        load: async () => (await import('./commands/mfa/enroll.ts')).enroll,
      },
      list: {
        summary: 'list the MFA devices of a user',
        load: async () => (await import('./commands/mfa/list.ts')).list,
      },
      remove: {
        summary: 'take an MFA device from a user and delete it',
        load: async () => (await import('./commands/mfa/remove.ts')).remove,
      },
    },
  },
  keys: {
    summary: 'change the keys that seal the secrets of a store',
    commands: {
      rotate: {
        summary: 'make a new data key, and seal all secrets anew under it',
        load: async () => (await import('./commands/keys/rotate.ts')).rotate,
      },
      list: {
        summary: 'list the data keys, and what each still seals',
        load: async () => (await import('./commands/keys/list.ts')).list,
      },
      retire: {
        summary: 'remove a data key that nothing needs',
        load: async () => (await import('./commands/keys/retire.ts')).retire,
      },
      'change-master': {
        summary: 'seal the data keys under another master key',
        load: async () => (await import('./commands/keys/change-master.ts')).changeMaster,
      },
    },
  },
  root: {
    summary: 'recover the root user: its password, MFA devices and access keys',
    commands: {
      'reset-password': {
        summary: 'set another password for the root user',
        load: async () => (await import('./commands/root/reset-password.ts')).resetPassword,
      },
      'remove-mfa': {
        summary: 'take an MFA device from the root user, or all of them',
        load: async () => (await import('./commands/root/remove-mfa.ts')).removeMfa,
      },
      'create-access-key': {
        summary: 'make an access key for the root user',
        load: async () => (await import('./commands/root/create-access-key.ts')).createAccessKey,
      },
    },
  },
  policy: {
    summary: 'say what policies do, with MFA and without',
    commands: {
      simulate: {
        summary: 'what a request comes to without MFA, with fresh MFA and with stale MFA',
        load: async () => (await import('./commands/policy/simulate.ts')).simulate,
      },
      lint: {
        summary: 'find what goes wrong with MFA in policies, and correct it',
        load: async () => (await import('./commands/policy/lint.ts')).lint,
      },
      coverage: {
        summary: 'which actions and roles can be reached without MFA',
        load: async () => (await import('./commands/policy/coverage.ts')).coverage,
      },
    },
  },
}
