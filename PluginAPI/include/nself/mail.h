/* Shapes of mail. */
#ifndef NSELF_MAIL_H
#define NSELF_MAIL_H

#include "values.h"

NSELF_BEGIN

typedef struct nself_attachment {
  nself_string name;
  nself_string content_type;
  nself_bytes content;
} nself_attachment;

typedef struct nself_mail {
  nself_string from; /* empty: the provider's default; "Name <a@b.org>" */
  nself_strings to;
  nself_strings cc;
  nself_strings bcc;
  nself_string subject;
  nself_string text; /* text, html or both */
  nself_string html;
  nself_fields headers;
  const nself_attachment *attachments;
  size_t attachment_count;
} nself_mail;

NSELF_END

#endif /* NSELF_MAIL_H */
