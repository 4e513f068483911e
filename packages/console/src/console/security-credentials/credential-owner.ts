// Whose MFA devices and access keys a list shows.

/** A user by name; undefined is the root user, who is signed in. */
export type CredentialOwner = { readonly userName: string | undefined }

/** As IAM's operations take it: without a name they mean the caller. */
export const userNameInput = ({ userName }: CredentialOwner): { UserName?: string } =>
  userName === undefined ? {} : { UserName: userName }
