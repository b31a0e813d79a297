package dev.athanor.benchmark.subject;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.athanor.benchmark.server.JdbcUrl;
import dev.athanor.benchmark.table.Scene;
import javax.sql.DataSource;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.launch.JobOperator;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;

/**
 * Plain Spring Batch, as its documentation shows it: a paging reader, a processor, a JDBC batch writer, a job repository in the database.
 *
 * @param tuning how far it was taken
 */
record SpringBatchPeer(Tuning tuning) implements Subject {

    /** Three forms of the same job. */
    enum Tuning {
        /** One thread, chunks of 1,000. */
        PLAIN("spring-batch", "Spring Batch: paging reader, JDBC batch writer, chunk 1,000", 1, 1_000),
        /** Four partitions in four threads, and larger chunks and pages. */
        TUNED("spring-batch-tuned", "Spring Batch: 4 partitions, chunk 5,000", 4, 5_000),
        /** The same with a hand-written writer: one UPDATE from arrays for each chunk instead of one for each row. */
        ARRAYS("spring-batch-arrays", "Spring Batch: 4 partitions, chunk 5,000, own array writer", 4, 5_000);

        private final String id;
        private final String title;
        private final int partitions;
        private final int chunk;

        Tuning(String id, String title, int partitions, int chunk) {
            this.id = id;
            this.title = title;
            this.partitions = partitions;
            this.chunk = chunk;
        }

        int partitions() {
            return partitions;
        }

        int chunk() {
            return chunk;
        }
    }

    @Override
    public String id() {
        return tuning.id;
    }

    @Override
    public String title() {
        return tuning.title;
    }

    @Override
    public Scene scene() {
        return Scene.FILL;
    }

    @Override
    public Kind kind() {
        return Kind.PEER;
    }

    @Override
    public boolean worksInTheJvm() {
        return true;
    }

    @Override
    public Work open(Workplace place) {
        HikariConfig pool = new HikariConfig();
        pool.setJdbcUrl(JdbcUrl.of(place.url()));
        // A connection for each thread's chunk, for its reader and for the repository.
        pool.setMaximumPoolSize(3 * tuning.partitions() + 2);
        HikariDataSource dataSource = new HikariDataSource(pool);
        new ResourceDatabasePopulator(
                        true,
                        true,
                        "UTF-8",
                        new ClassPathResource("org/springframework/batch/core/schema-drop-postgresql.sql"),
                        new ClassPathResource("org/springframework/batch/core/schema-postgresql.sql"))
                .execute(dataSource);
        AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
        context.registerBean("dataSource", DataSource.class, () -> dataSource);
        context.registerBean(Tuning.class, () -> tuning);
        context.register(SpringBatchJob.class);
        context.refresh();
        return new Launch(dataSource, context);
    }

    private record Launch(HikariDataSource dataSource, AnnotationConfigApplicationContext context) implements Work {
        @Override
        public void run() throws Exception {
            JobExecution execution =
                    context.getBean(JobOperator.class).start(context.getBean(Job.class), new JobParameters());
            if (execution.getStatus() != BatchStatus.COMPLETED) {
                throw new IllegalStateException(execution.toString());
            }
        }

        @Override
        public void close() {
            context.close();
            dataSource.close();
        }
    }
}
