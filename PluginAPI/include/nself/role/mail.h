/* A mail provider. */
#ifndef NSELF_ROLE_MAIL_H
#define NSELF_ROLE_MAIL_H

#include "../values.h"
#include "../host.h"
#include "../mail.h"

NSELF_BEGIN

#define NSELF_ROLE_MAIL_ID "nself.role.mail/1" /* BROKERED */

typedef struct nself_role_mail {
  uint32_t struct_size;
  uint32_t reserved;
  void (*send)(void *self, const nself_mail *mail, nself_call call, nself_done done); /* [loop] */
} nself_role_mail;

NSELF_END

#endif /* NSELF_ROLE_MAIL_H */
