/// Answering whoever asked: results, the server's error, or a reason of our own.

import Libpq
import PluginAPI

extension LoopState {
    func end(_ group: SyncGroup, _ status: nself_status, _ message: String) {
        group.ending = SyncGroup.Ending(status: status, message: message)
        finish(group)
    }
    func refuse(_ group: SyncGroup, _ refusal: Refusal) {
        guard let done = group.done else { return giveBack(group) }
        refusal.message.withText { message in
            var error = nself_db_error()
            error.sqlstate = Text(refusal.sqlstate).raw
            error.message = message.raw
            error.statement = UInt32(refusal.statement)
            done(nself_call(id: group.call), refusal.status, message.raw, nil, 0, &error)
        }
        giveBack(group)
    }

    /// Answers whoever asked, before the server has.
    func answer(_ group: SyncGroup, _ status: nself_status, _ message: String) {
        guard let done = group.done else { return }
        let call = nself_call(id: group.call)
        group.done = nil
        group.call = 0
        message.withText { done(call, status, $0.raw, nil, 0, nil) }
    }

    /// hot. Answers whoever asked, and takes the group back.
    func finish(_ group: SyncGroup) {
        guard let done = group.done else {
            let ended = group.ended
            let agreed = group.failure == nil && group.ending == nil
            giveBack(group)
            ended?(agreed)
            return
        }
        let call = nself_call(id: group.call)
        group.done = nil
        if let ending = group.ending {
            ending.message.withText { done(call, ending.status, $0.raw, nil, 0, nil) }
        } else if let failure = group.failure {
            fail(group, failure, call, done)
        } else {
            succeed(group, call, done)
        }
        giveBack(group)
    }

    private func fail(
        _ group: SyncGroup, _ failure: OpaquePointer, _ call: nself_call,
        _ done: nself_db_call_done
    ) {
        let code = PQresultErrorField(failure, ErrorField.sqlstate)
        let late = group.deadline != 0 && now &+ Limits.tick / 10 >= group.deadline
        let status =
            code == nil
            ? .NSELF_STATUS_UNAVAILABLE  // libpq's own words: the connection is gone
            : SQLState.status(code, timedOut: late, cancelled: group.cancelled)
        var error = nself_db_error(failure, statement: group.failedPart)
        if code == nil {
            done(call, status, nself_text(PQresultErrorMessage(failure)), nil, 0, nil)
        } else {
            done(call, status, error.message, nil, 0, &error)
        }
    }

    private func succeed(_ group: SyncGroup, _ call: nself_call, _ done: nself_db_call_done) {
        let count = group.partCount
        if count > resultCapacity {
            results.deallocate()
            resultCapacity = count
            results = .allocate(capacity: count)
        }
        for index in 0..<count {
            let part = group.parts + index
            let result = part.pointee.result
            part.pointee.result = nil
            guard let result, let given = ResultOwner.give(result, part.pointee.columns) else {
                for made in 0..<index { nself_db_result_release(results + made) }
                return "out of memory for a result".withText {
                    done(call, .NSELF_STATUS_INTERNAL, $0.raw, nil, 0, nil)
                }
            }
            (results + index).initialize(to: given)
        }
        provider.meters.duration(time &- group.sentAt)
        done(call, .NSELF_STATUS_OK, nself_string(), results, UInt32(count), nil)
    }
}
