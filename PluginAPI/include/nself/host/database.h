/* The database, as a caller sees it. */
#ifndef NSELF_HOST_DATABASE_H
#define NSELF_HOST_DATABASE_H

#include "../values.h"
#include "../host.h"
#include "../database.h"

NSELF_BEGIN

#define NSELF_HOST_DATABASE_ID "nself.host.database/1"

/* `results` has one entry per statement, none unless status is OK. `error` is
 * null when it does not come from the server. [loop] */
typedef void (*nself_db_done)(void *context, nself_status status, nself_string message,
                              nself_db_result *results, uint32_t result_count,
                              const nself_db_error *error);
typedef void (*nself_db_session_done)(void *context, nself_status status, nself_string message,
                                      nself_db_session session); /* [loop] */

typedef struct nself_host_database {
  uint32_t struct_size;
  uint32_t reserved;
  /* Runs the statements. Request and parameters are borrowed until it returns. [any] */
  nself_operation (*execute)(const nself_host *host, const nself_db_request *request,
                             void *context, nself_db_done done);
  /* Takes a connection for oneself: BEGIN ... COMMIT with thinking in between,
   * cursors, temporary tables. [any] */
  nself_operation (*open_session)(const nself_host *host, nself_string source,
                                  nself_db_request_flags flags, void *context,
                                  nself_db_session_done done);
  /* Gives it back; an open transaction is rolled back. [any] */
  void (*close_session)(const nself_host *host, nself_db_session session);
  /* Hears NOTIFY on `channel` until unlisten. [any] */
  nself_subscription (*listen)(const nself_host *host, nself_string source,
                               nself_string channel, void *context, nself_noticed noticed);
  void (*unlisten)(const nself_host *host, nself_subscription subscription); /* [any] */
} nself_host_database;

NSELF_END

#endif /* NSELF_HOST_DATABASE_H */
