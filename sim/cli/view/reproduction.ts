import {existsSync, readFileSync} from 'node:fs'
import {type Document, documentOf} from '../server/documents.ts'
import type {Subject} from './subject.ts'

/** What `zdr reproduce` writes unless it is told otherwise. */
const file = 'reproduction.html'

/** The subject with the page that `zdr reproduce` wrote in this folder, if it did: the gallery then leads to it. */
export function withReproduction(subject: Subject, folder = '.'): Subject {
  const path = `${folder}/${file}`
  if (!existsSync(path)) return subject
  const address = subject.address.startsWith('?')
    ? `?reproduction&${subject.address.slice(1)}`
    : `?reproduction${subject.address}`
  return {...subject, address, documents: new Map([...subject.documents, [`/${file}`, pageAt(path)]])}
}

/** It has its style in itself, and no script. */
const pageAt = (path: string): Document => ({
  ...documentOf(file, readFileSync(path)),
  policy: "default-src 'none'; style-src 'unsafe-inline'",
})
