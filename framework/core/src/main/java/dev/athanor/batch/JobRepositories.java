package dev.athanor.batch;

import dev.athanor.AthanorException;
import dev.athanor.FailureKind;
import dev.athanor.ledger.LeaseSettings;
import java.util.List;
import java.util.Properties;
import javax.sql.DataSource;
import org.springframework.aop.framework.AopProxyUtils;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.repository.dao.JacksonExecutionContextStringSerializer;
import org.springframework.batch.core.repository.support.JdbcJobRepositoryFactoryBean;
import org.springframework.batch.core.repository.support.SimpleJobRepository;
import org.springframework.batch.infrastructure.item.database.support.DefaultDataFieldMaxValueIncrementerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.jdbc.support.incrementer.DataFieldMaxValueIncrementer;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionExecution;
import org.springframework.transaction.TransactionExecutionListener;
import org.springframework.transaction.interceptor.NameMatchTransactionAttributeSource;

/** Makes the job repository in the state schema, without a Spring context. */
final class JobRepositories {
    private static final List<String> READS = List.of("get*", "find*", "is*");
    /** One round trip. A transaction may stand still for as long as the default lease lives. */
    private static final String SETTINGS =
            "SET LOCAL synchronous_commit TO off; SET LOCAL idle_in_transaction_session_timeout = "
                    + LeaseSettings.DEFAULT_LENGTH.toMillis();

    private JobRepositories() {}

    /**
     * Transactions for the repository. They do not wait for the disk: the repository mirrors the ledger, so a crash may
     * cost it its last words. The server ends those of a process that stands still in the middle of one, because its
     * successor, which has to write the same rows, would wait for them.
     */
    static JdbcTransactionManager transactions(DataSource dataSource) {
        JdbcTransactionManager manager = new JdbcTransactionManager(dataSource);
        JdbcTemplate template = new JdbcTemplate(dataSource);
        manager.addListener(new TransactionExecutionListener() {
            @Override
            public void afterBegin(
                    TransactionExecution transaction, @org.jspecify.annotations.Nullable Throwable failure) {
                if (failure == null) {
                    hurry(template);
                }
            }
        });
        return manager;
    }

    private static void hurry(JdbcTemplate template) {
        try {
            template.execute(SETTINGS);
        } catch (DataAccessException e) {
            // A listener that throws leaves the transaction open on this thread for good. Whatever is wrong with the
            // connection, the transaction's own statement meets it, and then it is rolled back.
        }
    }

    /** A repository whose tables have this prefix, such as {@code "athanor".BATCH_}. */
    static JobRepository jdbc(DataSource dataSource, PlatformTransactionManager transactions, String tablePrefix) {
        JdbcJobRepositoryFactoryBean factory = new JdbcJobRepositoryFactoryBean();
        factory.setDataSource(dataSource);
        factory.setTransactionManager(transactions);
        factory.setDatabaseType("POSTGRES");
        factory.setTablePrefix(tablePrefix);
        factory.setIncrementerFactory(new SequencesInLiterals(dataSource));
        factory.setSerializer(new JacksonExecutionContextStringSerializer());
        // The lease lets one process in, so instances cannot be created twice; and the partitions of a step are written
        // in one transaction instead of three for each.
        factory.setValidateTransactionState(false);
        NameMatchTransactionAttributeSource joining = new NameMatchTransactionAttributeSource();
        Properties attributes = new Properties();
        attributes.setProperty("*", "PROPAGATION_REQUIRED");
        // one round trip each, instead of three
        READS.forEach(name -> attributes.setProperty(name, "PROPAGATION_SUPPORTS"));
        joining.setProperties(attributes);
        factory.setTransactionAttributeSource(joining);
        try {
            factory.afterPropertiesSet();
            return requireJdbc(factory.getObject());
        } catch (AthanorException e) {
            throw e;
        } catch (Exception e) {
            throw new AthanorException(
                    FailureKind.UNEXPECTED,
                    "job_repository",
                    "The job repository with tables " + tablePrefix + "* cannot be opened: " + e.getMessage(),
                    "",
                    e);
        }
    }

    /**
     * Refuses a repository that forgets. Spring Boot falls back to one silently when it finds no data source, and then
     * nothing can be restarted.
     */
    static JobRepository requireJdbc(JobRepository repository) {
        Object target = AopProxyUtils.getSingletonTarget(repository);
        Object real = target == null ? repository : target;
        if (real instanceof SimpleJobRepository) {
            return repository;
        }
        throw new AthanorException(
                FailureKind.USAGE,
                "job_repository_not_jdbc",
                "The job repository is a " + real.getClass().getSimpleName() + ", which keeps nothing in the database;"
                        + " a killed run could not be restarted.",
                "Declare a DataSource bean and use a JDBC job repository.");
    }

    /** Spring asks with {@code select nextval('name')}, and puts the name in as it is. */
    private static final class SequencesInLiterals extends DefaultDataFieldMaxValueIncrementerFactory {
        SequencesInLiterals(DataSource dataSource) {
            super(dataSource);
        }

        @Override
        public DataFieldMaxValueIncrementer getIncrementer(String databaseType, String name) {
            return super.getIncrementer(databaseType, name.replace("'", "''"));
        }
    }
}
