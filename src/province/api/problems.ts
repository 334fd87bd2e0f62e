import type { FastifyError, FastifyInstance, FastifyReply } from 'fastify'
import type { Problem } from '../../contract/province/receipt.ts'
import type { Log } from '../log.ts'
import { StoreBusyError } from '../store/sql/database.ts'

const statusOf: Readonly<Record<Problem['code'], number>> = {
  INVALID_MESSAGE: 400,
  UNAUTHENTICATED: 401,
  FORBIDDEN: 403,
  NOT_FOUND: 404,
  EPOCH_UNKNOWN: 409,
  EPOCH_REPEATED: 409,
  TOO_LARGE: 413,
  KEY_REUSED: 422,
  DOSSIER_EXISTS: 422,
  BUSY: 503,
  INTERNAL: 500,
}

const retryAfterSeconds = 5

export function sendProblem(
  reply: FastifyReply,
  code: Problem['code'],
  message: string,
  status = statusOf[code],
): FastifyReply {
  if (code === 'BUSY') reply.header('retry-after', retryAfterSeconds)
  const problem: Problem = { code, message }
  return reply.status(status).type('application/json').send(JSON.stringify(problem))
}

/** Every failure of the protocol's routes becomes a `Problem`. */
export function answerWithProblems(app: FastifyInstance, log: Log): void {
  app.setNotFoundHandler((_request, reply) =>
    sendProblem(reply, 'NOT_FOUND', 'there is nothing at this address'),
  )
  app.setErrorHandler((error: FastifyError, request, reply) => {
    if (error.statusCode === 413) {
      return sendProblem(reply, 'TOO_LARGE', 'the body is larger than this province takes')
    }
    if (error.statusCode === 415) {
      return sendProblem(reply, 'INVALID_MESSAGE', 'the content type must be application/json')
    }
    if (error.statusCode !== undefined && error.statusCode < 500) {
      return sendProblem(reply, 'INVALID_MESSAGE', 'the request is malformed')
    }
    log(
      'error',
      `${request.method} ${request.routeOptions.url ?? '?'}: ${error.stack ?? error.message}`,
    )
    // It passes; the kiosk keeps the message and comes again.
    if (error instanceof StoreBusyError) {
      return sendProblem(reply, 'BUSY', 'the store cannot take anything at the moment')
    }
    return sendProblem(reply, 'INTERNAL', 'the province failed; the fault is on its log')
  })
}
