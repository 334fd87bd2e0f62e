import { type HttpStub, httpStub, type StubAnswer } from './http-stub.ts'

/** `…After`: the message has gone out, and the caller does not learn of it. */
export type SmsFault =
  | 'cutBefore'
  | 'cutAfter'
  | 'hangAfter'
  | 'pageAfter'
  /** 503 of a gateway that lost the carrier behind it in mid-request. */
  | 'gatewayAfter'
  | 'busy'
  | 'refused'
  /** Puts the number where its code belongs. */
  | 'refusedByNumber'

export interface SmsRequest {
  readonly name: string
  readonly REQID: string
  readonly TEMPLATEID: string
  readonly PARAMS: readonly { readonly NUM: string; readonly CONTENT: string }[]
  readonly MOBILELIST: string
  readonly APIPASS: string
  readonly DATACODING: string
}

export interface SmsServer extends HttpStub {
  /** Every message that went out to a phone, as often as it did. */
  readonly sent: readonly SmsRequest[]
  /** Every request that came, whatever became of it. */
  readonly requests: readonly SmsRequest[]
  fail(...faults: SmsFault[]): void
}

/** A carrier with the brandname call. It recognises no request id: what comes twice goes out twice. */
export async function smsServer(): Promise<SmsServer> {
  const sent: SmsRequest[] = []
  const requests: SmsRequest[] = []
  const faults: SmsFault[] = []
  const reply = (ERROR: string, ERROR_DESC: string) => ({
    body: { RPLY: { name: 'send_sms_list', ERROR, ERROR_DESC } },
  })
  const stub = await httpStub((request): StubAnswer => {
    const { RQST } = JSON.parse(request.body.toString('utf8')) as { RQST: SmsRequest }
    requests.push(RQST)
    const fault = faults.shift()
    if (fault === 'cutBefore') return 'cut'
    if (fault === 'busy') return { status: 503, headers: { 'retry-after': '60' }, body: {} }
    if (fault === 'refusedByNumber') return reply('84900000001 Nguyễn', '')
    if (fault === 'refused' || RQST.APIPASS !== 'synthetic-secret') {
      return reply('4', 'invalid template of 0900000001')
    }
    sent.push(RQST)
    if (fault === 'cutAfter') return 'cut'
    if (fault === 'hangAfter') return 'hang'
    if (fault === 'gatewayAfter') return { status: 503, body: 'upstream connect error' }
    if (fault === 'pageAfter') return { body: '<html>proxy</html>' }
    return reply('0', 'success')
  })
  return { ...stub, sent, requests, fail: (...planned) => faults.push(...planned) }
}
