from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('feeds', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='load',
            name='erased',
            field=models.BigIntegerField(default=0, help_text='of the unchanged: rows that say only what was erased here, and is not taken again'),
        ),
        migrations.AddConstraint(
            model_name='load',
            constraint=models.CheckConstraint(condition=models.Q(('erased__lte', models.F('unchanged'))), name='erased_are_unchanged'),
        ),
    ]
