/* Sending mail. */
#ifndef NSELF_HOST_MAIL_H
#define NSELF_HOST_MAIL_H

#include "../values.h"
#include "../host.h"
#include "../mail.h"

NSELF_BEGIN

#define NSELF_HOST_MAIL_ID "nself.host.mail/1"

typedef struct nself_host_mail {
  uint32_t struct_size;
  uint32_t reserved;
  /* Answers when a relay has taken it. To survive a crash, send from a job. [any] */
  nself_operation (*send)(const nself_host *host, const nself_mail *mail, void *context,
                          nself_operation_done done);
} nself_host_mail;

NSELF_END

#endif /* NSELF_HOST_MAIL_H */
