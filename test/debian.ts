import {execFileSync} from 'node:child_process'
import {accessSync, constants, existsSync} from 'node:fs'
import {delimiter, join} from 'node:path'

/** Whether a command is there. */
export function hasCommand(name: string): boolean {
  const folders = (process.env.PATH ?? '').split(delimiter)
  return folders.some(folder => isExecutable(join(folder, name)))
}

/**
 * Sees that a command is there, and gets the Debian package of it where that can be installed. Throws an Error with one
 * sentence where it cannot be had.
 */
export function needCommand(name: string, debian: string): void {
  need(() => hasCommand(name), `There is no ${name} here: install ${debian}.`, debian)
}

/** The same of whatever else Debian has: it is there after `isThere` says so. */
export function need(isThere: () => boolean, complaint: string, ...debian: readonly string[]): void {
  if (!got(isThere, ...debian)) throw new Error(complaint)
}

/** Gets what is missing where it can be installed; whether it is there then. */
export function got(isThere: () => boolean, ...debian: readonly string[]): boolean {
  // Another test may be at it, and apt lets one in at a time.
  for (let attempt = 0; attempt < 10 && !isThere() && canInstall(); attempt++) {
    if (attempt > 0) execFileSync('sleep', ['2'])
    install(debian)
  }
  return isThere()
}

const canInstall = (): boolean => process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')

function install(packages: readonly string[]): void {
  const env = {...process.env, DEBIAN_FRONTEND: 'noninteractive'}
  for (const words of [['update'], ['install', '--no-install-recommends', '-o', 'DPkg::Lock::Timeout=60', ...packages]])
    try {
      execFileSync('apt-get', ['-q', '-y', ...words], {env, stdio: 'ignore'})
    } catch {
      // Whether it was of use is seen by whether it is there now.
    }
}

/** Whether a file is there that can be run. */
export function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}
