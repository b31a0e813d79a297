package dev.athanor.schema;

import dev.athanor.AthanorException;
import dev.athanor.FailureKind;
import dev.athanor.plan.Step.SchemaStep;
import dev.athanor.sql.SqlTokens;
import dev.athanor.sql.Token;
import java.util.List;

/** Statements that would end our transaction in the middle of a section. */
final class TransactionControl {
    private static final List<String> WORDS = List.of("begin", "start", "commit", "end", "abort");

    private TransactionControl() {}

    static void refuseIn(SchemaStep step) {
        for (String statement : step.statements()) {
            if (endsTransaction(statement)) {
                throw new AthanorException(
                        FailureKind.REFUSED,
                        "transaction_control",
                        "Revision '" + step.revision() + "', " + step.name() + " at " + step.origin() + ": '"
                                + Statements.firstLine(statement) + "' would end the section's own transaction",
                        "Take it out: each section is one transaction already; several sections make several, and"
                                + " transaction=none makes none.");
            }
        }
    }

    private static boolean endsTransaction(String statement) {
        List<Token> code = SqlTokens.of(statement).code();
        if (code.isEmpty()) {
            return false;
        }
        boolean rollback = code.get(0).isWord("rollback");
        boolean toSavepoint = code.stream().anyMatch(token -> token.isWord("to"));
        boolean prepare =
                code.get(0).isWord("prepare") && code.size() > 1 && code.get(1).isWord("transaction");
        return prepare || rollback && !toSavepoint || WORDS.stream().anyMatch(code.get(0)::isWord);
    }
}
