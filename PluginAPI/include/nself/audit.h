/* Shapes of the audit trail. */
#ifndef NSELF_AUDIT_H
#define NSELF_AUDIT_H

#include "values.h"
#include "host/tracing.h"

NSELF_BEGIN

/* subject did action to target. Empty subject: the instance itself. */
typedef struct nself_audit_entry {
  nself_string subject;
  nself_string action;
  nself_string target;
  nself_string instance; /* set by the host */
  nself_bytes details_json;
  nself_trace trace;
} nself_audit_entry;

NSELF_END

#endif /* NSELF_AUDIT_H */
