/// POST /v1/graphql: from the body of a request to its answer. The order of things is the order here.

import PluginAPI

extension GraphQL {
    /// [loop] hot
    func answer(_ request: Request, _ body: borrowing Body, _ call: HTTPCall) {
        let loop = currentLoop()
        do throws(QueryError) {
            let session = try Session.of(request, loop.settings)
            let bytes = body.bytes
            let content: RequestBody
            do throws(RequestError) { content = try RequestReader.read(bytes) } catch {
                throw QueryError(error)
            }
            switch content {
            case .single(let one): try run(one, bytes, session, loop, .http(call))
            case .batch(let list):
                let batch = Batch(call, count: list.count)
                for (index, one) in list.enumerated() {
                    do throws(QueryError) {
                        try run(one, bytes, session, loop, .batch(batch, index))
                    } catch { batch.set(index, Answer.error(error)) }
                }
            }
        } catch {
            call.respond(200, Answer.contentType, Answer.error(error))
        }
    }

    /// Plans one request, binds its variables and starts its statements. [loop] hot
    private func run(
        _ request: GraphQLRequest, _ body: UnsafeRawBufferPointer, _ session: borrowing Session,
        _ loop: LoopState, _ sink: Exchange.Sink
    ) throws(QueryError) {
        guard let schema = loop.schema(session) else { throw DatabaseFailure.connection }
        let plan = try plan(request, body, session, schema, loop)
        let input = ParameterInput(body: body, leaves: loop.variables.leaves, scratch: loop.scratch)
        loop.scratch.reset()
        try plan.bind(input)

        guard plan.statementCount > 0 else {
            return finish(plan, nil, loop, sink)
        }
        let exchange = loop.takeExchange()
        exchange.plan = plan
        exchange.loop = loop
        exchange.plugin = self
        exchange.sink = sink
        loop.pendingCount += 1
        var query = nself_db_request()
        query.statements = UnsafePointer(plan.statements)
        query.statement_count = UInt32(plan.statementCount)
        if !plan.isMutation { query.flags = .NSELF_DB_READ_ONLY }
        database.execute(&query, context: Unmanaged.passRetained(exchange).toOpaque()) {
            context, status, message, results, count, error in
            guard let context else { return }
            let exchange = Unmanaged<Exchange>.fromOpaque(context).takeRetainedValue()
            exchange.plugin?.completed(exchange, status, message, results, count, error)
        }
    }

    /// The plan from the cache, or a new one. [loop] hot
    private func plan(
        _ request: GraphQLRequest, _ body: UnsafeRawBufferPointer, _ session: borrowing Session,
        _ schema: RoleSchema, _ loop: LoopState
    ) throws(QueryError) -> Plan {
        let key = PlanCache.Key(
            role: session.roleBytes, query: slice(body, request.query),
            operationName: request.operationName.map { slice(body, $0) }
                ?? UnsafeRawBufferPointer(start: nil, count: 0))
        let found = loop.plans.find(key)
        let entry: PlanCache.Entry
        if let found {
            entry = found
        } else {
            var text: [UInt8] = []
            request.query.append(from: body, to: &text)
            let operation = try PreparedOperation(
                text: text, operationName: request.operationName?.string(in: body), schema: schema)
            entry = loop.plans.insert(key, operation)
        }
        try loop.variables.read(request, in: body, for: entry.operation, schema: schema)
        let shape = loop.variables.shape
        if let plan = loop.plans.plan(entry, shape) {
            hits.add()
            return plan
        }
        misses.add()
        let plan = try PlanCompiler.compile(entry.operation, shape: shape, schema: schema) { name in
            let member = request.variables(in: body).first { $0.name.string(in: body) == name }
            return member.map { GraphQLValue($0.value, in: body) }
        }
        if !entry.operation.isPlannedEachTime, !plan.isOnce {
            loop.plans.insert(plan, shape, in: entry)
        }
        return plan
    }
    private func slice(_ body: UnsafeRawBufferPointer, _ text: JSONText) -> UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(rebasing: body[text.range])
    }

    /// The database has answered. [loop] hot
    fileprivate func completed(
        _ exchange: Exchange, _ status: nself_status, _ message: nself_string,
        _ results: UnsafeMutablePointer<nself_db_result>?, _ count: UInt32,
        _ error: UnsafePointer<nself_db_error>?
    ) {
        guard let plan = exchange.plan, let loop = exchange.loop else { return }
        let sink = exchange.sink
        if status == .NSELF_STATUS_OK, let results, Int(count) == plan.statementCount {
            finish(plan, UnsafePointer(results), loop, sink)
            for index in 0..<Int(count) { nself_db_result_release(results + index) }
        } else {
            if DatabaseFailure.isSchemaDrift(error) { store.read() }
            if let error { logDatabaseError(error) }
            send(
                Answer.error(DatabaseFailure.error(status, message, error, paths: plan.paths)), sink
            )
        }
        loop.giveBack(exchange)
    }

    private func finish(
        _ plan: Plan, _ results: UnsafePointer<nself_db_result>?, _ loop: LoopState,
        _ sink: Exchange.Sink
    ) {
        // A little more than last time, so that most answers never grow.
        var writer = JSONWriter(capacity: plan.answerSize + plan.answerSize / 8)
        guard ResultWriter.write(plan.program, results, loop.levels, to: &writer) else {
            log.error("a result has rows that its statement cannot give")
            return send(Answer.error(QueryError("internal error", code: "unexpected")), sink)
        }
        plan.answerSize = max(writer.count, 256)
        send(writer.finish(), sink)
    }
    private func send(_ buffer: nself_buffer, _ sink: Exchange.Sink) {
        switch sink {
        case .http(let call): call.respond(200, Answer.contentType, buffer)
        case .batch(let batch, let index): batch.set(index, buffer)
        case .none: buffer.release?(buffer.owner)
        }
    }
    private func logDatabaseError(_ error: UnsafePointer<nself_db_error>) {
        log.debug(
            "the database refused a statement: \(String(error.pointee.message)) (\(String(error.pointee.sqlstate)))"
        )
    }
}
