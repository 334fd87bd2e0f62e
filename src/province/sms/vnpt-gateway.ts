import { z } from 'zod'
import { exchange } from '../adapters/exchange.ts'
import { plainCode } from '../adapters/plain-code.ts'
import { readSecret } from '../adapters/read-secret.ts'
import { withoutDiacritics } from '../notices/sms-texts.ts'
import type { SmsGateway } from './gateway.ts'
import type { SmsGatewayConfig } from './gateway-config.ts'

const answerSchema = z.looseObject({
  RPLY: z.looseObject({ ERROR: z.union([z.string(), z.number()]).transform(String) }),
})

/** DATACODING */
const gsm7 = '0'
const ucs2 = '8'

/** @throws Error when the secret cannot be read */
export function vnptGateway(config: SmsGatewayConfig): SmsGateway {
  const secret = readSecret(config)
  return {
    async send(requestId, { phone, text, template }) {
      const spell = config.unicode ? (words: string) => words : withoutDiacritics
      const chosen =
        template &&
        (config.templates[`${template.name}.${template.language}`] ??
          config.templates[template.name])
      const parameters = (chosen && template ? template.values : [text]).map(spell)
      const templateId = chosen ?? config.wholeTextTemplate
      if (templateId === undefined) return { outcome: 'unfit', problem: 'REFUSED' }
      const isPlain = isAscii(spell(text))
      if (!isPlain && !config.unicode) return { outcome: 'unfit', problem: 'ALPHABET' }
      const answer = await exchange({
        method: 'POST',
        url: config.url,
        deadlineMs: config.deadlineSeconds * 1_000,
        body: JSON.stringify({
          RQST: {
            name: 'send_sms_list',
            REQID: requestId,
            LABELID: config.labelId,
            CONTRACTTYPEID: config.contractTypeId,
            CONTRACTID: config.contractId,
            TEMPLATEID: templateId,
            PARAMS: parameters.map((CONTENT, index) => ({ NUM: String(index + 1), CONTENT })),
            SCHEDULETIME: '',
            MOBILELIST: phone.replace(/^0/, '84'),
            ISTELCOSUB: '0',
            AGENTID: config.agentId,
            APIUSER: config.apiUser,
            APIPASS: secret,
            USERNAME: config.username,
            DATACODING: isPlain ? gsm7 : ucs2,
          },
        }),
      })
      if (answer.outcome === 'failed') {
        return { outcome: answer.effect === 'none' ? 'notSent' : 'unknown' }
      }
      if (answer.outcome === 'http') return { outcome: 'refused', code: `HTTP ${answer.status}` }
      const parsed = answerSchema.safeParse(answer.json)
      if (!parsed.success) return { outcome: 'unknown' }
      const { ERROR: code } = parsed.data.RPLY
      return code === '0' ? { outcome: 'sent' } : { outcome: 'refused', code: plainCode(code) }
    },
  }
}

function isAscii(text: string): boolean {
  return [...text].every((character) => character.charCodeAt(0) < 128)
}
