/// ORDER BY, with the joins that keys behind relationships need.

extension SQLWriter {
    struct OrderText {
        var text = ""
        var joins = ""
        var keys: [(expression: String, direction: String)] = []
    }

    func orderText(_ items: [OrderItem], _ source: RowSource) -> OrderText {
        var order = OrderText()
        // A relationship that several keys go through is joined once.
        var sources: [String: RowSource] = [:]
        for item in items {
            var here = source
            var way = ""
            for step in item.way where step.relationship.kind == .object {
                way += "/" + step.relationship.name
                if let known = sources[way] {
                    here = known
                    continue
                }
                var joins = Joins()
                here = joined(step.relationship, step.target, here, &joins)
                order.joins += joins.text
                sources[way] = here
            }
            let expression: String
            if let last = item.way.last, last.relationship.kind == .array {
                expression = aggregateKey(item.key, last.relationship, last.target, here)
            } else if case .column(let column) = item.key {
                expression = here.column(column)
            } else {
                continue
            }
            order.keys.append((expression, item.direction.sql.description))
        }
        if !order.keys.isEmpty {
            order.text =
                " ORDER BY "
                + order.keys.map { $0.expression + $0.direction }.joined(separator: ", ")
        }
        return order
    }

    private func aggregateKey(
        _ key: OrderItem.Key, _ relationship: Relationship, _ target: Table, _ here: RowSource
    ) -> String {
        let there = RowSource(statement.alias())
        let figure: String
        switch key {
        case .count: figure = "count(*)"
        case .function(let function, let column):
            figure = self.function(function, column, there).0
        case .column(let column): figure = there.column(column)
        }
        return "(SELECT \(figure) FROM \(target.sqlName) AS \(there.alias) WHERE "
            + join(relationship, here, there) + ")"
    }
}
