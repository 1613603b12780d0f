/* A database provider. */
#ifndef NSELF_ROLE_DATABASE_H
#define NSELF_ROLE_DATABASE_H

#include "../values.h"
#include "../host.h"
#include "../database.h"

NSELF_BEGIN

#define NSELF_ROLE_DATABASE_ID "nself.role.database/1" /* BROKERED */

/* results are moved. [any] */
typedef void (*nself_db_call_done)(nself_call call, nself_status status, nself_string message,
                                   nself_db_result *results, uint32_t result_count,
                                   const nself_db_error *error);
typedef void (*nself_db_session_call_done)(nself_call call, nself_status status,
                                           nself_string message, uint64_t session); /* [any] */
typedef void (*nself_db_notify)(nself_subscription subscription, nself_notice notice,
                                nself_string channel, nself_bytes payload); /* [any] */

typedef struct nself_role_database {
  uint32_t struct_size;
  uint32_t reserved;
  /* request->session.id is the provider's own number here, 0 for none. [loop] */
  void (*execute)(void *self, const nself_db_request *request, nself_call call,
                  nself_db_call_done done);
  void (*open_session)(void *self, nself_db_request_flags flags, nself_call call,
                       nself_db_session_call_done done); /* [loop] */
  void (*close_session)(void *self, uint64_t session);   /* [loop] */
  void (*listen)(void *self, nself_string channel, nself_subscription subscription,
                 nself_db_notify notify);                            /* [loop] */
  void (*unlisten)(void *self, nself_subscription subscription);     /* [loop] */
} nself_role_database;

NSELF_END

#endif /* NSELF_ROLE_DATABASE_H */
