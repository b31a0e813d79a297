package dev.athanor.benchmark.subject;

import java.sql.SQLException;
import liquibase.change.custom.CustomTaskChange;
import liquibase.database.Database;
import liquibase.database.jvm.JdbcConnection;
import liquibase.exception.CustomChangeException;
import liquibase.exception.ValidationErrors;
import liquibase.resource.ResourceAccessor;

/** The custom change that loops; public, because Liquibase makes it by its name. */
public final class LiquibaseLoop implements CustomTaskChange {
    /** Called by Liquibase. */
    public LiquibaseLoop() {}

    @Override
    public void execute(Database database) throws CustomChangeException {
        try {
            KeysetLoop.run(((JdbcConnection) database.getConnection()).getUnderlyingConnection());
        } catch (SQLException e) {
            throw new CustomChangeException(e);
        }
    }

    @Override
    public String getConfirmationMessage() {
        return "filled";
    }

    @Override
    public void setUp() {
        // nothing to set up
    }

    @Override
    public void setFileOpener(ResourceAccessor files) {
        // reads no file
    }

    @Override
    public ValidationErrors validate(Database database) {
        return new ValidationErrors();
    }
}
