import {parentPort} from 'node:worker_threads'
import {type Answer, replication, type Task} from './replications.ts'

/** One of several threads that share the replications; it is asked for one after the other. */
parentPort!.on('message', (task: Task) => {
  const answer: Answer = replication(task)
  parentPort!.postMessage(answer)
})
