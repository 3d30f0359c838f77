/** A mistake of the user's: shown as it stands, without a stack, and the exit code is 2. */
export class UserError extends Error {
  override readonly name = 'UserError'
}

/** What a failed call into the file system means, in words; anything else is thrown on, for it is no mistake of the user's. */
export function fileProblem(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  const words = problems[code]
  if (!words) throw error
  return words
}

const problems: Readonly<Record<string, string>> = {
  ENOENT: 'no such file or folder',
  ENOTDIR: 'a part of the path is not a folder',
  EISDIR: 'is a folder',
  EACCES: 'no permission',
  EPERM: 'not permitted',
  EROFS: 'the file system is read-only',
  ENOSPC: 'no space left',
  EDQUOT: 'the disk quota is used up',
  EEXIST: 'is there already',
  ELOOP: 'too many symbolic links',
  ENAMETOOLONG: 'the name is too long',
  EMFILE: 'too many open files',
  EIO: 'the disk fails',
  ETXTBSY: 'is being executed',
  ENXIO: 'no such device',
}
