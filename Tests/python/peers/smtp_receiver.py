"""A real SMTP server (aiosmtpd): writes each mail as a line of JSON to a file. Prints its port."""

import argparse
import asyncio
import base64
import email
import email.policy
import json
import ssl

from aiosmtpd.smtp import SMTP, AuthResult

parser = argparse.ArgumentParser()
parser.add_argument("record")
parser.add_argument("--tls", nargs=2, metavar=("CERTIFICATE", "KEY"))
parser.add_argument("--implicit", action="store_true", help="TLS from the first octet")
parser.add_argument("--login", nargs=2, metavar=("USER", "PASSWORD"))
parser.add_argument("--login-only", action="store_true", help="AUTH LOGIN, not PLAIN")
parser.add_argument("--answer", action="append", default=[], help="address=code text, for RCPT")
parser.add_argument("--answer-mail", help="code text, for the whole mail")
parser.add_argument("--no-utf8", action="store_true")
options = parser.parse_args()
answers = dict(pair.split("=", 1) for pair in options.answer)


class Receiver:
    async def handle_RCPT(self, server, session, envelope, address, rcpt_options):
        if address in answers:
            return answers[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        if options.answer_mail:
            return options.answer_mail
        content = envelope.original_content
        mail = email.message_from_bytes(content, policy=email.policy.default)
        parts = {part.get_content_type(): part for part in mail.walk() if not part.is_multipart()}
        record = {
            "subject": str(mail["subject"]),
            "sender": str(mail["from"]),
            "recipients": str(mail["to"]),
            "date": mail["date"].datetime.isoformat(),
            "message_id": str(mail["message-id"]),
            "references": str(mail["references"]),
            "headers": sorted(name.lower() for name in mail.keys()),
            "text": parts["text/plain"].get_content().replace("\r\n", "\n"),
            "html": parts["text/html"].get_content().replace("\r\n", "\n"),
            "defects": [repr(defect) for part in mail.walk() for defect in part.defects],
            "longest_line": max(map(len, content.split(b"\r\n"))),
            "bare_breaks": content.replace(b"\r\n", b"").count(b"\n") + content.replace(b"\r\n", b"").count(b"\r"),
            "from": envelope.mail_from,
            "to": envelope.rcpt_tos,
            "options": envelope.mail_options,
            "is_protected": session.ssl is not None or options.implicit,
            "is_authenticated": bool(session.authenticated),
            "data": base64.b64encode(envelope.original_content).decode(),
        }
        with open(options.record, "a", encoding="utf-8") as file:
            file.write(json.dumps(record) + "\n")
        return "250 taken"


def authenticate(server, session, envelope, mechanism, data):
    wanted = [text.encode() for text in options.login]
    return AuthResult(success=[data.login, data.password] == wanted, handled=False)


def protocol(context):
    more = {}
    if options.login:
        excluded = ["PLAIN"] if options.login_only else []
        more = {
            "authenticator": authenticate,
            "auth_required": True,
            "auth_require_tls": context is not None and not options.implicit,
            "auth_exclude_mechanism": excluded,
        }
    return SMTP(
        Receiver(),
        enable_SMTPUTF8=not options.no_utf8,
        tls_context=None if options.implicit else context,
        require_starttls=context is not None and not options.implicit,
        hostname="localhost",
        **more,
    )


async def main():
    context = None
    if options.tls:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(*options.tls)
    loop = asyncio.get_running_loop()
    server = await loop.create_server(
        lambda: protocol(context), "127.0.0.1", 0, ssl=context if options.implicit else None
    )
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


asyncio.run(main())
