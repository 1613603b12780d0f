/* An audit provider. */
#ifndef NSELF_ROLE_AUDIT_H
#define NSELF_ROLE_AUDIT_H

#include "../values.h"
#include "../host.h"
#include "../audit.h"

NSELF_BEGIN

#define NSELF_ROLE_AUDIT_ID "nself.role.audit/1" /* BROKERED */

typedef struct nself_role_audit {
  uint32_t struct_size;
  uint32_t reserved;
  void (*append)(void *self, const nself_audit_entry *entry, nself_call call,
                 nself_done done); /* [loop] */
} nself_role_audit;

NSELF_END

#endif /* NSELF_ROLE_AUDIT_H */
