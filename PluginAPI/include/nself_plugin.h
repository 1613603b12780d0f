/* nself_plugin.h - the C interface between the nself host and a plugin.
 *
 * A plugin is one shared object with one exported function, nself_plugin_query().
 * Everything else is reached through tables of function pointers that the two
 * sides ask each other for by a versioned name such as "nself.host.log/1".
 * A plugin never links against the host and the host never exports a symbol, so
 * the same .so runs inside the host or, with isolation = "process", in a child.
 *
 * HOW A REQUEST FLOWS
 *   host                                      plugin
 *   role->handle(self, request, body, call, done) ->
 *        <- done(call, OK, response)          once, from any thread
 *   and when a body is a stream: the consumer calls reader.ops->read(...)
 *
 * HOW ONE PLUGIN USES ANOTHER
 *   caller -> nself.host.database/1 (host) -> nself.role.database/1 (provider)
 *   The host only switches to the current generation of the provider that
 *   plugins.toml names. Nobody holds a pointer into another plugin.
 *
 * OWNERSHIP
 *   O1  nself_string, nself_bytes, nself_fields and pointers to structs are
 *       borrowed: valid until the function they were passed to returns.
 *   O2  When the host calls a role with an nself_call they stay valid until that
 *       call has been completed. Roles marked BROKERED are the exception: they
 *       get what another plugin lent to the host, so O1 holds.
 *   O3  nself_buffer, nself_reader, nself_body, nself_db_result and
 *       nself_principal are moved. Who receives one releases it exactly once,
 *       also on failure. The struct itself lives in the giver's memory: copy it.
 *   O4  Tables returned by get_interface are immutable and live until the
 *       instance has been destroyed. Nobody frees them.
 *   With a status other than OK every result is null, empty or zero.
 *
 * THREADS (a tag in brackets stands on every function)
 *   [control]  On the host's control thread. Never two at once for an instance.
 *   [loop]     On an event loop. Must not block. See nself_concurrency.
 *   [any]      From any thread, at any time between create and destroy.
 *   There are loop_count loops, one thread each. A request stays on its loop,
 *   unless its plugin is SERIAL: then it is passed to that plugin's loop and back.
 *   What a plugin starts on a loop ends on that same loop; what it starts on
 *   another thread ends on loop 0. A completion that the plugin gives (`done`)
 *   may be called from any thread, also before the function that was given it
 *   returns. A completion that the host gives back (`void *context`) arrives
 *   exactly once, and never before the function that started it has returned.
 *
 * EVOLUTION
 *   E1  What has been released is frozen: no struct, table, signature or number
 *       in this file changes. The Swift runtime keeps one layout per C struct
 *       name for the whole process, so two layouts of a name corrupt the heap.
 *   E2  Growth is a new id, ".../2", with new struct names, ..._v2. The host may
 *       serve both. An interface that is added raises NSELF_ABI_MINOR.
 *   E3  Every table starts with struct_size. Who fetches a table compares it with
 *       sizeof and refuses the table, with a message, when they differ.
 *   E4  Enumerations are open: treat an unknown value as the documented default.
 *   E5  Fields named `reserved` are zero when written and ignored when read.
 *   E6  NSELF_ABI_MAJOR changes only with nself_host or nself_plugin. Then there
 *       is a second entry, nself_plugin_query_v2, and a .so may have both.
 *
 * All text is UTF-8 without a terminating zero. All times are nanoseconds. Names
 * (ids, labels, topics) are ASCII. Functions that return nothing cannot fail.
 * 64-bit platforms only. Pointers carry no nullability marks, so that every
 * struct has a zero initialiser in Swift; null is allowed only where it is said.
 *
 * One header per interface: nself/host/<name>.h is what a plugin calls, nself/role/<name>.h
 * what it implements, nself/<name>.h the shapes both use.
 */
#ifndef NSELF_UMBRELLA_H
#define NSELF_UMBRELLA_H

#include "nself/abi.h"
#include "nself/values.h"
#include "nself/buffer.h"
#include "nself/body.h"
#include "nself/host.h"
#include "nself/plugin.h"
#include "nself/manifest.h"
#include "nself/http.h"
#include "nself/database.h"
#include "nself/queue.h"
#include "nself/mail.h"
#include "nself/audit.h"
#include "nself/objects.h"
#include "nself/functions.h"

#include "nself/host/core.h"
#include "nself/host/poll.h"
#include "nself/host/clock.h"
#include "nself/host/process.h"
#include "nself/host/log.h"
#include "nself/host/metrics.h"
#include "nself/host/tracing.h"
#include "nself/host/telemetry.h"
#include "nself/host/config.h"
#include "nself/host/secrets.h"
#include "nself/host/certificates.h"
#include "nself/host/admin.h"
#include "nself/host/routes.h"
#include "nself/host/http_client.h"
#include "nself/host/websockets.h"
#include "nself/host/capabilities.h"
#include "nself/host/database.h"
#include "nself/host/kv.h"
#include "nself/host/queue.h"
#include "nself/host/events.h"
#include "nself/host/delivery.h"
#include "nself/host/mail.h"
#include "nself/host/audit.h"
#include "nself/host/objects.h"
#include "nself/host/functions.h"

/* In every role table `self` is the instance that returned the table from its
 * get_interface. The host asks only for the roles that the manifest lists. A role
 * marked BROKERED is called for another plugin; with no provider the caller hears
 * UNAVAILABLE. */
#include "nself/role/http_handler.h"
#include "nself/role/http_middleware.h"
#include "nself/role/websocket_handler.h"
#include "nself/role/auth_provider.h"
#include "nself/role/rate_limiter.h"
#include "nself/role/exporter.h"
#include "nself/role/service.h"
#include "nself/role/state.h"
#include "nself/role/capability.h"
#include "nself/role/database.h"
#include "nself/role/kv.h"
#include "nself/role/queue.h"
#include "nself/role/job_handler.h"
#include "nself/role/event_consumer.h"
#include "nself/role/mail.h"
#include "nself/role/audit.h"
#include "nself/role/objects.h"
#include "nself/role/functions.h"

#include "nself/layout.h"

#endif /* NSELF_UMBRELLA_H */
