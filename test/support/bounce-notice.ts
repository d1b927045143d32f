import type { ReceivedMail } from './mail-server.ts'

/** A notice as a mail server writes it; what it says in words differs from one to the other. */
export function bounceNotice(mail: ReceivedMail, { action = 'failed', status = '5.1.1' } = {}): string {
  const head = mail.raw.split('\r\n\r\n')[0]!
  const text = `From: Mail Delivery System <MAILER-DAEMON@mx.example>
To: ${mail.from}
Subject: Undelivered Mail Returned to Sender
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b1"

--b1
Content-Type: text/plain; charset=us-ascii

<${mail.to}>: host mx.example said: 550 5.1.1 unknown user
--b1
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example
Arrival-Date: Mon, 2 Mar 2026 10:00:00 +0100

Final-Recipient: rfc822; ${mail.to}
Original-Recipient: rfc822;${mail.to}
Action: ${action}
Status: ${status}
Diagnostic-Code: smtp; 550 5.1.1 unknown
 user

--b1
Content-Type: text/rfc822-headers

${head.replaceAll('\r\n', '\n')}

--b1--
`
  return text.replaceAll('\n', '\r\n')
}
