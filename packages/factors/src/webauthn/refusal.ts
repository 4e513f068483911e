// Why a ceremony came to nothing, as one vocabulary for the log and the audit.

/**
 * What did not hold. A person is told one thing only, that it did not work, and to try again; the reason is for whoever runs
 * the service.
 */
export type CeremonyRefusal =
  /** It is not what a browser sends, or larger than one ever sends. */
  | 'malformed'
  /** It answers the other ceremony. */
  | 'type'
  /** It answers another challenge: a replay, or one that expired. */
  | 'challenge'
  /** It was made on a page of somebody else. */
  | 'origin'
  /** It was made within a page of somebody else. */
  | 'crossOrigin'
  /** It is bound to a TLS connection, of which nothing is known here. */
  | 'tokenBinding'
  /** The credential belongs to another relying party. */
  | 'rpId'
  /** Nobody touched the authenticator. */
  | 'userPresence'
  /** Neither PIN nor finger nor face, where one was required. */
  | 'userVerification'
  /** It claims to be backed up and not to be able to (BS without BE), or BE is not what it was. */
  | 'backupEligibility'
  /** The key is of an algorithm that was not offered, or unusable or weak. */
  | 'publicKey'
  /** The attestation statement is not a correct one. */
  | 'attestation'
  /** The credential that answered is not the one that was expected. */
  | 'credentialId'
  /** The authenticator knows the credential as another user's. */
  | 'userHandle'
  /** The signature does not verify. */
  | 'signature'

/** Thrown within a ceremony, and turned into its outcome by `refusalOf`; never seen outside. */
export class RefusedCeremony extends Error {
  readonly reason: CeremonyRefusal

  constructor(reason: CeremonyRefusal) {
    super(reason)
    this.name = 'RefusedCeremony'
    this.reason = reason
  }
}

/** Refuses unless the condition holds. */
export function ensure(condition: boolean, reason: CeremonyRefusal): asserts condition {
  if (!condition) throw new RefusedCeremony(reason)
}

/** What `attempt` returns; whatever it throws, the reason is this one. For the library, which throws for all that it refuses. */
export async function refusedAs<Value>(
  reason: CeremonyRefusal,
  attempt: () => Value | Promise<Value>,
): Promise<Value> {
  try {
    return await attempt()
  } catch {
    throw new RefusedCeremony(reason)
  }
}

/** The reason of a refused ceremony; anything else is a bug, and goes on. */
export function refusalOf(error: unknown): CeremonyRefusal {
  if (error instanceof RefusedCeremony) return error.reason
  throw error
}
