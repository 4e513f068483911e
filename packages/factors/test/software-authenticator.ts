// An authenticator and its browser in software (WebAuthn §6, §5.8.1), for the tests of whatever verifies their answers: real
// keys, real signatures, and every lie that a test wants told.
import { createHash, createPublicKey, generateKeyPairSync, randomBytes, sign } from 'node:crypto'
import type { KeyObject } from 'node:crypto'
import type {
  AuthenticationResponseJSON,
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
  RegistrationResponseJSON,
} from '@simplewebauthn/server'
import type { Certified } from './attestation-certificates.ts'
import { encodeCbor } from './cbor.ts'
import type { Cbor } from './cbor.ts'

/** How the authenticator is made. */
export type AuthenticatorModel = {
  readonly algorithm?: 'ES256' | 'EdDSA' | 'RS256'
  /** What it says of itself: nothing, with its own key, or with its vendor's. */
  readonly attestation?:
    | { readonly format: 'none' }
    | { readonly format: 'packed'; readonly signer?: Certified; readonly chain?: readonly Buffer[] }
    | { readonly format: 'fido-u2f'; readonly signer: Certified }
    | { readonly format: string; readonly statement: ReadonlyMap<string, Cbor> }
  /** Sixteen bytes; zero when it has none. */
  readonly aaguid?: Uint8Array
  /** It asks for a PIN, a finger or a face. */
  readonly userVerified?: boolean
  readonly backupEligible?: boolean
  readonly backupState?: boolean
  /** What its counter shows next; 0 for one that has none. */
  readonly signCount?: number
}

/** What is told otherwise than it is, before it is signed. */
export type Lie = {
  readonly origin?: string
  readonly rpId?: string
  readonly clientData?: Readonly<Record<string, unknown>>
  readonly clientDataJson?: Uint8Array
  /** These bits of the flags are turned over. */
  readonly flags?: number
  readonly signCount?: number
  readonly userHandle?: Uint8Array
  /** Instead of its own public key. */
  readonly coseKey?: Cbor
  readonly credentialId?: Uint8Array
}

/** An authenticator with a place for one credential. */
export type SoftwareAuthenticator = {
  readonly credentialId: Buffer
  /** As the browser of a page of `origin` answers. */
  readonly register: (
    options: PublicKeyCredentialCreationOptionsJSON,
    origin: string,
    lie?: Lie,
  ) => RegistrationResponseJSON
  readonly authenticate: (
    options: PublicKeyCredentialRequestOptionsJSON,
    origin: string,
    lie?: Lie,
  ) => AuthenticationResponseJSON
}

const FLAGS = { UP: 1, UV: 4, BE: 8, BS: 16, AT: 64 } as const

/** A new authenticator with a new key. */
export function softwareAuthenticator(model: AuthenticatorModel = {}): SoftwareAuthenticator {
  const { algorithm = 'ES256', attestation = { format: 'none' }, aaguid = Buffer.alloc(16) } = model
  const { userVerified = true, backupEligible = false, backupState = false } = model
  const privateKey = newKey(algorithm)
  const credentialId = randomBytes(32)
  let counter = model.signCount ?? 1
  let userHandle: Buffer | undefined

  const nextCount = () => (counter === 0 ? 0 : counter++)
  const flagBits =
    FLAGS.UP |
    (userVerified ? FLAGS.UV : 0) |
    (backupEligible ? FLAGS.BE : 0) |
    (backupState ? FLAGS.BS : 0)

  const authenticatorData = (rpId: string, lie: Lie, flags: number, attested?: Buffer) =>
    Buffer.concat([
      sha256(lie.rpId ?? rpId),
      Buffer.of(flags ^ (lie.flags ?? 0)),
      uint32(lie.signCount ?? nextCount()),
      attested ?? Buffer.alloc(0),
    ])

  return {
    credentialId,

    register(options, origin, lie = {}) {
      const clientDataJson = clientDataOf('webauthn.create', options.challenge, origin, lie)
      const id = Buffer.from(lie.credentialId ?? credentialId)
      const coseKey = encodeCbor(lie.coseKey ?? coseKeyOf(algorithm, privateKey))
      const attested = Buffer.concat([aaguid, uint16(id.length), id, coseKey])
      const authData = authenticatorData(options.rp.id ?? '', lie, flagBits | FLAGS.AT, attested)
      const message = { authData, clientDataHash: sha256(clientDataJson), id }
      userHandle = Buffer.from(options.user.id, 'base64url')

      const attestationObject = encodeCbor(
        new Map<string, Cbor>([
          ['fmt', attestation.format],
          ['attStmt', statementOf(attestation, message, algorithm, privateKey)],
          ['authData', authData],
        ]),
      )
      return {
        ...credentialOf(credentialId),
        response: {
          clientDataJSON: clientDataJson.toString('base64url'),
          attestationObject: attestationObject.toString('base64url'),
          transports: ['usb'],
        },
      }
    },

    authenticate(options, origin, lie = {}) {
      const clientDataJson = clientDataOf('webauthn.get', options.challenge, origin, lie)
      const authData = authenticatorData(options.rpId ?? '', lie, flagBits)
      const message = Buffer.concat([authData, sha256(clientDataJson)])
      const handle = lie.userHandle === undefined ? userHandle : Buffer.from(lie.userHandle)
      return {
        ...credentialOf(credentialId),
        response: {
          clientDataJSON: clientDataJson.toString('base64url'),
          authenticatorData: authData.toString('base64url'),
          signature: signWith(algorithm, privateKey, message).toString('base64url'),
          ...(handle === undefined ? {} : { userHandle: handle.toString('base64url') }),
        },
      }
    },
  }
}

function credentialOf(credentialId: Buffer) {
  const id = credentialId.toString('base64url')
  return { id, rawId: id, type: 'public-key', clientExtensionResults: {} } as const
}

function clientDataOf(type: string, challenge: string, origin: string, lie: Lie) {
  if (lie.clientDataJson !== undefined) return Buffer.from(lie.clientDataJson)
  const told = { type, challenge, origin: lie.origin ?? origin, crossOrigin: false }
  return Buffer.from(JSON.stringify({ ...told, ...lie.clientData }))
}

type Algorithm = NonNullable<AuthenticatorModel['algorithm']>

function newKey(algorithm: Algorithm) {
  switch (algorithm) {
    case 'ES256':
      return generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey
    case 'EdDSA':
      return generateKeyPairSync('ed25519').privateKey
    case 'RS256':
      return generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey
    default:
      return algorithm satisfies never
  }
}

/** RFC 9053 §7 and RFC 8230 §4: the public key by its labels. */
export function coseKeyOf(algorithm: Algorithm, privateKey: KeyObject): Map<number, Cbor> {
  const { x = '', y = '', n = '', e = '' } = createPublicKey(privateKey).export({ format: 'jwk' })
  const bytes = (text: string) => Buffer.from(text, 'base64url')
  switch (algorithm) {
    case 'ES256':
      return new Map<number, Cbor>([
        [1, 2],
        [3, -7],
        [-1, 1],
        [-2, bytes(x)],
        [-3, bytes(y)],
      ])
    case 'EdDSA':
      return new Map<number, Cbor>([
        [1, 1],
        [3, -8],
        [-1, 6],
        [-2, bytes(x)],
      ])
    case 'RS256':
      return new Map<number, Cbor>([
        [1, 3],
        [3, -257],
        [-1, bytes(n)],
        [-2, bytes(e)],
      ])
    default:
      return algorithm satisfies never
  }
}

const COSE = { ES256: -7, EdDSA: -8, RS256: -257 } as const

type Message = { readonly authData: Buffer; readonly clientDataHash: Buffer; readonly id: Buffer }

function statementOf(
  attestation: NonNullable<AuthenticatorModel['attestation']>,
  { authData, clientDataHash, id }: Message,
  algorithm: Algorithm,
  privateKey: KeyObject,
): Map<string, Cbor> {
  if ('statement' in attestation) return new Map(attestation.statement)
  if (attestation.format === 'none') return new Map()
  const signer = 'signer' in attestation ? attestation.signer : undefined
  if (attestation.format === 'fido-u2f' && signer !== undefined) {
    const { x = '', y = '' } = createPublicKey(privateKey).export({ format: 'jwk' })
    const point = Buffer.concat([
      Buffer.of(4),
      Buffer.from(x, 'base64url'),
      Buffer.from(y, 'base64url'),
    ])
    const signed = Buffer.concat([
      Buffer.of(0),
      authData.subarray(0, 32),
      clientDataHash,
      id,
      point,
    ])
    return new Map<string, Cbor>([
      ['sig', sign('sha256', signed, signer.privateKey)],
      ['x5c', [signer.certificate]],
    ])
  }
  const signed = Buffer.concat([authData, clientDataHash])
  if (signer === undefined) {
    return new Map<string, Cbor>([
      ['alg', COSE[algorithm]],
      ['sig', signWith(algorithm, privateKey, signed)],
    ])
  }
  const chain = 'chain' in attestation ? attestation.chain : undefined
  return new Map<string, Cbor>([
    ['alg', COSE.ES256],
    ['sig', sign('sha256', signed, signer.privateKey)],
    ['x5c', [signer.certificate, ...(chain ?? [])]],
  ])
}

function signWith(algorithm: Algorithm, privateKey: KeyObject, message: Buffer) {
  return sign(algorithm === 'EdDSA' ? null : 'sha256', message, privateKey)
}

function sha256(text: string | Uint8Array) {
  return createHash('sha256').update(text).digest()
}

function uint16(value: number) {
  const bytes = Buffer.alloc(2)
  bytes.writeUInt16BE(value)
  return bytes
}

function uint32(value: number) {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(value)
  return bytes
}
